import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // Many tests wait for real processes: leave no core idle, the default does.
    maxWorkers: '100%',
    restoreMocks: true,
  },
})

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // A busy machine may hold up a real process; what fails again in CI is a failure.
    retry: process.env['CI'] ? 2 : 0,
    restoreMocks: true,
  },
})

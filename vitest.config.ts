import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const test = { testTimeout: 90_000, hookTimeout: 90_000, restoreMocks: true }

export default defineConfig({
  test: {
    // Many tests wait for real processes: leave no core idle, the default does.
    maxWorkers: availableParallelism() + 1,
    projects: [
      // Pure: nothing that one file could leave to the next.
      { test: { ...test, name: 'core', include: ['test/core/**/*.test.ts'], isolate: false } },
      { test: { ...test, name: 'rest', include: ['test/**/*.test.ts'], exclude: ['test/core/**'] } },
    ],
  },
})

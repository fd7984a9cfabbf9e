import { availableParallelism } from 'node:os'
import { expect, it } from 'vitest'
import { runFence } from './run-fence.ts'

const SEEDS = 300

it.each([false, true])(
  'where bounds are broken, with the strict fence: %s',
  async isFenced => {
    const { submissions, madeTwice, ranTwice, violations } = await runFence(
      SEEDS,
      isFenced,
      availableParallelism(),
    )
    expect(violations).toEqual([])
    expect(submissions).toBeGreaterThan(SEEDS)
    expect(madeTwice).toBeGreaterThan(10)
    // Without it, the same world does the work of some submissions twice.
    if (isFenced) expect(ranTwice).toBe(0)
    else expect(ranTwice).toBeGreaterThan(5)
  },
  60_000,
)

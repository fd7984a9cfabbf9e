import { describe, expect, it } from 'vitest'
import { crashEverywhere } from './exhaustive/crash-everywhere.ts'
import { PROFILE_NAMES } from './profile.ts'
import { runSeeds } from './run/run-seeds.ts'
import { median } from './run/tally.ts'

/** 2,004 in all: `npm run simulate -- --profile P --seeds N --from S` runs others, `--seed S` replays one. */
const SEEDS = 334

describe('the real functions, on a simulated AWS', () => {
  it.each(PROFILE_NAMES)(
    'keep every promise of the protocol: %s',
    async profile => {
      const { failed, jobs, submitted } = await runSeeds(profile, 1, SEEDS)
      expect(
        failed.map(({ seed, violation }) => `seed ${seed}: ${violation.invariant}: ${violation.message}`),
      ).toEqual([])
      expect(median(jobs)).toBeGreaterThanOrEqual(10)
      expect(submitted).toBeGreaterThan(SEEDS)
    },
    120_000,
  )

  it.each(['auto', 'event'] as const)(
    'end alike wherever a run of six jobs crashes, chained by %s',
    async chaining => {
      const { singles, doubles, deviations } = await crashEverywhere(chaining, 97)
      expect(deviations).toEqual([])
      expect(singles).toBeGreaterThan(100)
      expect(doubles).toBeGreaterThan(singles)
    },
    120_000,
  )
})

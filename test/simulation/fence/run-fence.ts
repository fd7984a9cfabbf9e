import { inThreads } from '../run/pool.ts'
import type { FenceTally, FenceTask } from './fence-thread.ts'

const SEEDS_AT_ONCE = 50

/** Seeds of the profile `late`, with the strict fence before every job, or without. */
export async function runFence(seeds: number, isFenced: boolean, workers?: number): Promise<FenceTally> {
  const tasks = Array.from({ length: Math.ceil(seeds / SEEDS_AT_ONCE) }, (_, index): FenceTask => {
    const from = 1 + index * SEEDS_AT_ONCE
    return { from, count: Math.min(SEEDS_AT_ONCE, seeds + 1 - from), isFenced }
  })
  const thread = new URL('./fence-thread.ts', import.meta.url)
  const tallies = await inThreads<FenceTask, FenceTally>(thread, tasks, { workers })
  return tallies.reduce((sum, one) => ({
    submissions: sum.submissions + one.submissions,
    madeTwice: sum.madeTwice + one.madeTwice,
    ranTwice: sum.ranTwice + one.ranTwice,
    violations: [...sum.violations, ...one.violations],
  }))
}

import { describe, expect, it } from 'vitest'
import { inThreads } from './pool.ts'
import type { Replayed, ReplayTask } from './replay-thread.ts'

const THREAD = new URL('./replay-thread.ts', import.meta.url)

function replayed(tasks: readonly ReplayTask[], fresh = false): Promise<readonly Replayed[]> {
  return inThreads<ReplayTask, Replayed>(THREAD, tasks, { workers: 1, fresh })
}

describe('a seed', () => {
  it('has the same trace, byte for byte, whatever ran before it and in whichever thread', async () => {
    const task = { profile: 'brutal', seed: 5 } as const
    const [one, other, again] = await replayed([task, { profile: 'harsh', seed: 9 }, task])
    const [fresh] = await replayed([task], true)
    expect(one?.trace).toMatch(/^ +\d+\.\d{3} .*\n/)
    expect(one?.trace.split('\n').length).toBeGreaterThan(100)
    expect([again?.trace, fresh?.trace]).toEqual([one?.trace, one?.trace])
    expect(other?.trace).not.toBe(one?.trace)
  })

  it('that fails is told with fewer faults that break the same', async () => {
    const tasks = [1, 2, 3, 4, 5, 6, 7, 8].map(seed => ({ profile: 'late', seed, isHeld: true }) as const)
    const failed = (await replayed(tasks)).filter(({ violated }) => violated !== undefined)
    expect(failed.length).toBeGreaterThan(0)
    for (const { violated, violatedAgain, faults, needed } of failed) {
      expect(violatedAgain).toBe(violated)
      expect(needed).toBeLessThan(faults)
      expect(needed).toBeGreaterThan(0)
    }
  })
})

import { describe, expect, it } from 'vitest'
import type { Workflow } from '../../../src/core/workflow/workflow.ts'
import { inThreads } from '../run/pool.ts'
import type { Calls } from './calls-thread.ts'

const JOBS = 6
/** Start, then claim, submit, win and final status of each job, then finish. */
const MINIMUM = 1 + 4 * JOBS + 1

/** Of a run of six jobs, 220 seconds long; the functions are told of every change of a job, not of ends alone. */
async function callsOf(chaining: Workflow['chaining']): Promise<Calls> {
  const thread = new URL('./calls-thread.ts', import.meta.url)
  const [calls = {}] = await inThreads<Workflow['chaining'], Calls>(thread, [chaining])
  return calls
}

describe('a run of six jobs in which nothing goes wrong', () => {
  it.each([
    // Five ends that move nothing are looked at once, where they are told; the last one is advanced.
    ['auto', { passes: 2, looks: 5, claimWaves: 1, messages: 2 }],
    ['event', { passes: 7, looks: 0, claimWaves: 5, messages: 7 }],
  ] as const)('asks AWS for no more than it must, chained by %s', async (chaining, expected) => {
    const calls = await callsOf(chaining)
    const count = (name: string) => calls[name] ?? 0
    expect(count('advance batch.submit')).toBe(JOBS)
    expect(
      Object.keys(calls).filter(name =>
        /batch\.(list|describe|terminate)|sweep store\.(load|write)/.test(name),
      ),
    ).toEqual([])
    const writes = count('on-request store.write') + count('advance store.write') + JOBS
    expect(writes + JOBS).toBeLessThanOrEqual(1.3 * MINIMUM)
    expect(count('on-job-state-change store.readRun')).toBe(count('on-job-state-change store.write'))
    expect(count('advance events.put')).toBe(1)
    expect({
      passes: count('advance store.load'),
      looks: count('on-job-state-change store.load'),
      claimWaves: count('advance store.readRun'),
      messages: count('on-request queue.send') + count('on-job-state-change queue.send'),
    }).toEqual(expected)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jobKey, runKey } from '../../src/core/run/item-write.ts'
import type { Run } from '../../src/core/run/run.ts'
import { slotOf } from '../../src/core/run/slot.ts'
import { advance } from '../../src/service/advance.ts'
import { cancelRun, retryRun } from '../../src/service/change-run.ts'
import { startRun } from '../../src/service/start-run.ts'
import { definitionOf, recordOf } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

function given(limit: number, by?: string) {
  const concurrency = { limit, ...(by !== undefined && { by }) }
  const memory = memoryService([definitionOf({ a: {} }, { concurrency })])
  const { service, clock } = memory
  let number = 0
  const run = (runId: string) => memory.items.get(`${runKey(runId).pk} run`) as unknown as Run
  const go = (runId: string) => advance(service, runId, () => 30_000)
  /** Advances whatever was asked for, until nothing more is asked for. */
  async function settle(): Promise<void> {
    for (let runId = memory.asked.shift(); runId !== undefined; runId = memory.asked.shift()) await go(runId)
  }
  return {
    ...memory,
    ...{ run, go, settle },
    async start(values: Record<string, string> = {}): Promise<string> {
      clock.time += 1000
      return startRun(service, {
        workflow: 'w',
        identity: { type: 'manual', requestId: String(++number) },
        trigger: { type: 'manual', values },
        parameters: {},
      })
    },
    /** The run's job ends, and the run with it. */
    async end(runId: string, state: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED'): Promise<void> {
      const record = recordOf('a', { state, runId, epoch: run(runId).epoch })
      memory.items.set(`${runKey(runId).pk} ${jobKey(runId, 'a').sk}`, { ...record })
      await go(runId)
    },
    statuses: () => memory.runs().map(({ status }) => status),
  }
}

describe('a limit of runs at once', () => {
  it('lets the oldest begin first, and the next one when a place is free', async () => {
    const it = given(1)
    const [first, second, third] = [await it.start(), await it.start(), await it.start()]
    await it.go(third)
    await it.settle()
    expect(it.statuses()).toEqual(['RUNNING', 'QUEUED', 'QUEUED'])
    await it.end(first)
    await it.settle()
    expect(it.statuses()).toEqual(['SUCCEEDED', 'RUNNING', 'QUEUED'])
    await it.end(second, 'FAILED')
    await it.settle()
    expect(it.statuses()).toEqual(['SUCCEEDED', 'FAILED', 'RUNNING'])
    expect(it.run(first).holdsSlot).toBeUndefined()
  })

  it('counts for each value of `by`, whatever characters it has', async () => {
    const it = given(1, '${trigger.year}')
    for (const year of ['2025', '2026', '2026', 'a#b.c', 'ü'.repeat(600)]) await it.start({ year })
    await it.settle()
    expect(it.statuses()).toEqual(['RUNNING', 'RUNNING', 'QUEUED', 'RUNNING', 'RUNNING'])
  })

  it('frees the place of a run that died holding it', async () => {
    const it = given(1)
    const [first, second] = [await it.start(), await it.start()]
    await it.settle()
    it.items.set(`${runKey(first).pk} run`, { ...it.run(first), status: 'SUCCEEDED' })
    await it.go(second)
    expect(it.run(second).status).toBe('RUNNING')
  })

  it('lets a cancelled run wait no longer, and a retried one wait again', async () => {
    const it = given(1)
    const [first, second, third] = [await it.start(), await it.start(), await it.start()]
    await it.settle()
    await cancelRun(it.service, second)
    await it.settle()
    expect(it.run(second)).toMatchObject({ status: 'CANCELLED' })
    await it.end(first, 'FAILED')
    await it.settle()
    await retryRun(it.service, first, 1, {})
    await it.settle()
    expect([first, second, third].map(runId => it.run(runId).status)).toEqual([
      'QUEUED',
      'CANCELLED',
      'RUNNING',
    ])
    await it.end(third)
    await it.settle()
    expect(it.run(first)).toMatchObject({ status: 'RUNNING', epoch: 2, holdsSlot: 2 })
  })

  it('is never exceeded, and starves nobody', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.tuple(fc.constantFrom('start', 'end', 'cancel', 'look'), fc.nat(7)), { maxLength: 25 }),
        async (limit, steps) => {
          const it = given(limit)
          const runIds: string[] = []
          for (const [step, index] of steps) {
            const runId = runIds[index % Math.max(runIds.length, 1)]
            if (step === 'start') runIds.push(await it.start())
            else if (runId === undefined) continue
            else if (step === 'cancel') await cancelRun(it.service, runId)
            else if (step === 'look') await it.go(runId)
            else if (it.run(runId).status === 'RUNNING') await it.end(runId)
            expect(it.statuses().filter(status => status === 'RUNNING').length).toBeLessThanOrEqual(limit)
          }
          for (let round = 0; round < 2 * runIds.length + 2; round++) {
            for (const runId of runIds) await it.go(runId) // as the sweep does
            const live = runIds.filter(id => ['RUNNING', 'CANCELLING'].includes(it.run(id).status))
            for (const runId of live) await it.end(runId) // of a cancelled run too, Batch ends the jobs
          }
          const open = it.statuses().filter(status => !['SUCCEEDED', 'CANCELLED'].includes(status))
          expect(open).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is none where the workflow has none', () => {
    expect(slotOf({ name: 'w' }, { type: 'manual', values: {} }, {})).toBeUndefined()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jobNameOf } from '../../src/core/run/job-name.ts'
import { isFinalRun } from '../../src/core/run/run.ts'
import { advance } from '../../src/service/advance.ts'
import { recordChange } from '../../src/service/record-change.ts'
import { startRun } from '../../src/service/start-run.ts'
import { definitionOf, type Graph } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

/** A run whose first pass is over. */
async function given(graph: Graph) {
  const memory = memoryService([definitionOf(graph)])
  const { service, asked } = memory
  const runId = await startRun(service, {
    workflow: 'w',
    identity: { type: 'manual', requestId: '1' },
    trigger: { type: 'manual', values: {} },
    parameters: {},
  })
  await advance(service, runId, () => 30_000)
  asked.length = 0
  return {
    ...memory,
    runId,
    run: () => service.store.readRun(runId),
    /** What Batch says of its jobs, one after another. */
    async told(...ends: readonly string[]) {
      for (const end of ends) {
        const [job = '', status = 'SUCCEEDED'] = end.split(' ')
        const jobName = jobNameOf({ stack: 'test', workflow: 'w', job, runId, submission: 1 })
        const change = { jobName, jobId: `id-of-${jobName}`, attempts: 1 }
        await recordChange(service, { ...change, status: status as 'SUCCEEDED' | 'FAILED' })
      }
    },
  }
}

const SIX: Graph = { a: {}, b: 'a', c: 'a', d: ['a', 'b'], e: 'c', f: ['d', 'e'] }

describe('the end of a job', () => {
  it.each<[string, Graph, readonly string[], number]>([
    ['asks for nothing while Batch itself goes on', SIX, ['a', 'b', 'c', 'd', 'e'], 0],
    ['asks once at the end of all', SIX, ['a', 'b', 'c', 'd', 'e', 'f'], 1],
    ['asks when a late one was the last to be heard of', SIX, ['a', 'b', 'c', 'd', 'f', 'e'], 2],
    [
      'asks where a job waits for it by event',
      { a: {}, b: { dependsOn: [{ job: 'a' }], when: 'always' } },
      ['a'],
      1,
    ],
    ['asks for nothing after a failure that Batch passes on', { a: {}, b: 'a' }, ['a FAILED'], 0],
    ['asks when that is over', { a: {}, b: 'a' }, ['a FAILED', 'b FAILED'], 1],
    ['asks again for what was told before', { a: {}, b: 'a' }, ['a', 'a'], 1],
  ])('%s', async (_title, graph, ends, count) => {
    const { told, asked } = await given(graph)
    await told(...ends)
    expect(asked).toHaveLength(count)
  })

  it('asks for the end of the run in whatever order the ends come', async () => {
    const orders = fc.shuffledSubarray(Object.keys(SIX), { minLength: 6 })
    await fc.assert(
      fc.asyncProperty(orders, async order => {
        const { told, asked, service, runId, run } = await given(SIX)
        await told(...order)
        expect(asked.length).toBeGreaterThan(0)
        await advance(service, runId, () => 30_000)
        expect((await run())?.status).toBe('SUCCEEDED')
      }),
      { numRuns: 60 },
    )
  })
})

it('tells the end of a run once, though two passes find it at the same time', async () => {
  const { told, service, runId, run, events } = await given({ a: {}, b: {} })
  await told('a', 'b')
  await Promise.all([1, 2, 3].map(() => advance(service, runId, () => 30_000)))
  expect(isFinalRun((await run())?.status ?? 'RUNNING')).toBe(true)
  expect(events).toHaveLength(1)
})

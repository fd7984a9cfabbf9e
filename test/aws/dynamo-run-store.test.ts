import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRunStore, type RunHistory } from '../../src/aws/dynamo-run-store.ts'
import { applied, holds } from '../../src/core/run/item-semantics.ts'
import type { Condition, ItemWrite } from '../../src/core/run/item-write.ts'
import { claimWrite, winWrite } from '../../src/core/run/job-writes.ts'
import { dueWrite, finishWrite, startWrite } from '../../src/core/run/run-writes.ts'
import type { RunStore } from '../../src/ports.ts'
import { definitionOf, NOW, recordOf, runOf } from '../core/run/given.ts'
import { type LocalTable, openTable } from './local-table.ts'

let table: LocalTable
let store: RunStore & RunHistory
beforeAll(async () => {
  table = await openTable()
  store = createRunStore(table.client, table.name)
})
afterAll(() => table.close())

const PATHS = ['state', 'submission', 'jobId', 'claim.token', 'claim.until', 'nothing']
const path = fc.constantFrom(...PATHS)
const scalar = fc.oneof(
  fc.constantFrom('WAITING', 'CLAIMED', 't', ''),
  fc.integer({ min: 0, max: 3 }),
  fc.boolean(),
)
const { condition } = fc.letrec<{ condition: Condition }>(tie => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.record({ type: fc.constant('present' as const), path }),
    fc.record({ type: fc.constant('absent' as const), path }),
    fc.record({ type: fc.constant('equals' as const), path, value: scalar }),
    fc.record({ type: fc.constant('below' as const), path, value: fc.integer({ min: 0, max: 3 }) }),
    fc.record({
      type: fc.constant('fewer' as const),
      path: fc.constantFrom('claim', 'nothing'),
      than: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({
      type: fc.constant('all' as const),
      of: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('any' as const),
      of: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('not' as const), of: tie('condition') }),
  ),
}))
const item = fc.option(
  fc.record(
    {
      state: scalar,
      submission: scalar,
      jobId: scalar,
      claim: fc.record({ token: scalar, until: scalar }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
)
const change = fc.record({
  mode: fc.constantFrom('replace' as const, 'update' as const),
  set: fc.dictionary(fc.constantFrom('state', 'jobId', 'reason'), fc.option(scalar, { nil: undefined }), {
    noNullPrototype: true,
  }),
  remove: fc.uniqueArray(fc.constantFrom('submission', 'claim', 'nothing')),
})

describe('the store, on DynamoDB', () => {
  it('writes exactly when core says that the condition holds, and exactly what core says', async () => {
    let number = 0
    await fc.assert(
      fc.asyncProperty(item, condition, change, async (before, condition, { mode, set, remove }) => {
        const key = { pk: `run#${++number}`, sk: 'job#a' }
        if (before)
          await table.client.send(new PutCommand({ TableName: table.name, Item: { ...before, ...key } }))
        const write: ItemWrite = { key, mode, set, condition, ...(mode === 'update' && { remove }) }
        const expected = holds(condition, before)
        expect(await store.write(write)).toBe(expected)
        const { Item } = await table.client.send(
          new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
        )
        if (!expected) expect(Item).toEqual(before && { ...before, ...key })
        else expect(Item).toEqual({ ...applied<object>(before, write), ...key })
      }),
      { numRuns: 150 },
    )
  })

  it('keeps a run and its jobs as they were written', async () => {
    const run = runOf({
      runId: 'keepskeepskeepskeepskeepsa',
      trigger: { type: 'object', values: { key: 'a b/ü:1.csv' } },
    })
    expect(await store.load(run.runId)).toBeUndefined()
    expect(await store.write(startWrite(run))).toBe(true)
    expect(await store.write(startWrite({ ...run, status: 'FAILED' }))).toBe(false)
    const claim = { token: 't', until: NOW + 1 }
    const write = claimWrite(
      { runId: run.runId, job: 'a', submission: 1, epoch: 1, queue: 'q', record: undefined },
      claim,
      NOW,
    )
    expect(await store.write(write)).toBe(true)
    expect(await store.load(run.runId)).toEqual({ run, jobs: [applied(undefined, write)] })
    expect(await store.readRun(run.runId)).toEqual(run)
    expect(await store.readJob(run.runId, 'a')).toEqual(applied(undefined, write))
    expect(await store.readJob(run.runId, 'b')).toBeUndefined()
  })

  it('lets a claim be repeated by its holder, and by nobody else', async () => {
    const request = {
      runId: 'claimclaimclaimclaimclaima',
      job: 'a',
      submission: 1,
      epoch: 1,
      queue: 'q',
      record: undefined,
    }
    expect(await store.write(claimWrite(request, { token: 'mine', until: NOW + 1 }, NOW))).toBe(true)
    expect(await store.write(claimWrite(request, { token: 'mine', until: NOW + 1 }, NOW))).toBe(true)
    expect(await store.write(claimWrite(request, { token: 'other', until: NOW + 1 }, NOW))).toBe(false)
  })

  it('records one Batch job for a submission', async () => {
    const runId = 'winwinwinwinwinwinwinwinwi'
    const request = { runId, job: 'a', submission: 1, epoch: 1, queue: 'q', record: undefined }
    await store.write(claimWrite(request, { token: 'mine', until: NOW + 1 }, NOW))
    const record = { ...recordOf('a', 'CLAIMED'), runId }
    expect(await store.write(winWrite(record, 'job-1', undefined, NOW))).toBe(true)
    expect(await store.write(winWrite(record, 'job-1', undefined, NOW))).toBe(true)
    expect(await store.write(winWrite(record, 'job-2', undefined, NOW))).toBe(false)
  })

  it('finds runs that are due, and no others', async () => {
    const runs = Array.from({ length: 20 }, (_, index) =>
      runOf({ runId: `due${index}`, dueAt: NOW + index * 30_000 }),
    )
    for (const run of runs) await store.write(startWrite(run))
    const due = await store.dueRuns(NOW + 4 * 30_000)
    expect(due.filter(runId => runId.startsWith('due')).sort()).toEqual([
      'due0',
      'due1',
      'due2',
      'due3',
      'due4',
    ])
    const [first] = runs
    if (first === undefined) throw new Error('there are twenty runs')
    const removed = dueWrite(first, undefined)
    if (removed === undefined) throw new Error('the due time is removed by a write')
    await store.write(removed)
    expect(await store.dueRuns(NOW)).not.toContain('due0')
  })

  it('finishes a run in one write, once', async () => {
    const run = runOf({ runId: 'finishfinishfinishfinishfi' })
    await store.write(startWrite(run))
    expect(await store.write(finishWrite(run, 'FAILED', NOW))).toBe(true)
    expect(await store.write(finishWrite(run, 'SUCCEEDED', NOW))).toBe(false)
    expect(await store.readRun(run.runId)).toMatchObject({
      status: 'FAILED',
      alerts: { 1: { state: 'pending' } },
      dueAt: NOW,
    })
  })

  it('lists the runs of a workflow and month, newest first', async () => {
    for (const [index, runId] of ['one', 'two', 'three'].entries()) {
      await store.write(startWrite(runOf({ runId, workflow: 'listed', createdAt: NOW + index })))
    }
    expect(await store.runsOf('listed', NOW, 2)).toEqual(['three', 'two'])
    expect(await store.runsOf('listed', NOW - 40 * 24 * 3600_000, 2)).toEqual([])
  })

  it('keeps definitions whole', async () => {
    const definition = definitionOf({ a: {}, b: 'a' })
    expect(await store.readDefinition(definition.hash)).toBeUndefined()
    await store.putDefinition(definition)
    expect(await store.readDefinition(definition.hash)).toEqual(definition)
  })
})

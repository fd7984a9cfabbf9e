import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRunStore } from '../../src/aws/dynamo-run-store.ts'
import { createRunList, type RunList } from '../../src/aws/run-list.ts'
import type { Run, RunStatus } from '../../src/core/run/run.ts'
import { cancelWrite, finishWrite, startWrite } from '../../src/core/run/run-writes.ts'
import { runOf } from '../core/run/given.ts'
import { type LocalTable, openTable } from './local-table.ts'

const NOW = Date.parse('2026-11-21T02:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const COUNT = 240

let table: LocalTable
let list: RunList
const calls: string[] = []
/** Newest first: one every 12 hours, so over four months; every third failed, every fifth is of workflow `rare`. */
const RUNS: readonly Run[] = Array.from({ length: COUNT }, (_, number) =>
  runOf({
    runId: runIdNumber(number),
    workflow: number % 5 === 0 ? 'rare' : 'often',
    createdAt: NOW - number * 12 * HOUR,
  }),
)

beforeAll(async () => {
  table = await openTable()
  const store = createRunStore(table.client, table.name)
  for (const [number, run] of RUNS.entries()) {
    await store.write(startWrite(run))
    if (number % 3 === 0) await store.write(finishWrite(run, 'FAILED', NOW))
  }
  table.client.middlewareStack.add(
    (next, context) => args => {
      calls.push(String(context.commandName))
      return next(args)
    },
    { step: 'initialize' },
  )
  list = createRunList(table.client, table.name)
})
afterAll(() => table.close())

function runIdNumber(number: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  return `${letters[number % 26]}${letters[Math.floor(number / 26)]}${'x'.repeat(24)}`
}

const wanted = (accepts: (run: Run, number: number) => boolean) => RUNS.filter(accepts).map(run => run.runId)
const failed: RunStatus = 'FAILED'

describe('the list of runs', () => {
  it.each([
    ['all', {}, wanted(() => true)],
    ['of a workflow, over months', { workflow: 'rare' }, wanted(({ workflow }) => workflow === 'rare')],
    ['of a status', { status: failed }, wanted((_, number) => number % 3 === 0)],
    [
      'of a workflow and a status',
      { workflow: 'rare', status: failed },
      wanted((_, number) => number % 15 === 0),
    ],
    ['since a time', { since: NOW - 3 * DAY }, wanted((_, number) => number <= 6)],
    [
      'of a workflow since a time',
      { workflow: 'often', since: NOW - 40 * DAY },
      wanted(({ workflow }, number) => number <= 80 && workflow === 'often'),
    ],
    ['of a status nobody has', { status: 'CANCELLED' as const }, []],
  ])('gives those %s, newest first, page by page', async (_title, query, runIds) => {
    const pages: Run[] = []
    for (let more = true; more; ) {
      const after = pages.at(-1)
      const page = await list.list({ ...query, limit: 25, ...(after && { after }) }, NOW)
      pages.push(...page.runs)
      more = page.more
      expect(page.runs.length).toBeLessThanOrEqual(25)
    }
    expect(pages.map(({ runId }) => runId)).toEqual(runIds)
  })

  it('needs one query and one read for the first page', async () => {
    calls.length = 0
    await list.list({ limit: 20 }, NOW)
    await list.list({ status: 'FAILED', limit: 20 }, NOW)
    expect(calls).toEqual(['QueryCommand', 'BatchGetItemCommand', 'QueryCommand', 'BatchGetItemCommand'])
  })

  it('finds a run under its new status at once', async () => {
    const run = RUNS[1]
    if (run === undefined) throw new Error('There are runs.')
    await createRunStore(table.client, table.name).write(cancelWrite(run, NOW))
    const { runs } = await list.list({ status: 'CANCELLING', limit: 5 }, NOW)
    expect(runs.map(({ runId }) => runId)).toEqual([run.runId])
  })

  it.each([
    ['aa', 5, [runIdNumber(0)]],
    ['cbx', 5, [runIdNumber(28)]],
    ['zz', 5, []],
  ])('finds the ids that begin with %s', async (prefix, limit, runIds) => {
    expect(await list.withPrefix(prefix, limit)).toEqual(runIds)
  })
})

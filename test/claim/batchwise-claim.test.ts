import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storedPart } from '../../src/aws/stored-item.ts'
import { applied, holds } from '../../src/core/run/item-semantics.ts'
import { jobKey, runKey } from '../../src/core/run/item-write.ts'
import type { JobRecord, JobState } from '../../src/core/run/job-record.ts'
import { winWrite } from '../../src/core/run/job-writes.ts'
import type { RunStatus } from '../../src/core/run/run.ts'
import { type LocalTable, openTable } from '../aws/local-table.ts'
import { NOW } from '../core/run/given.ts'
import { runClaim, startClaim } from './run-claim.ts'

const MINE = '00000000-0000-4000-8000-000000000001'
const OTHER = '00000000-0000-4000-8000-000000000002'
const STATES: readonly JobState[] = [
  'WAITING',
  'CLAIMED',
  'SUBMITTED',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'LOST',
]
const hasAws = spawnSync('aws', ['--version'], { stdio: 'ignore' }).status === 0

let table: LocalTable
beforeAll(async () => {
  table = await openTable()
})
afterAll(() => table.close())

let runs = 0
/** A run of its own with this record. */
async function given(record: Partial<JobRecord>, status: RunStatus = 'RUNNING'): Promise<JobRecord> {
  const runId = `run${++runs}`
  const full = { runId, job: 'pay', state: 'CLAIMED', submission: 2, epoch: 1, updatedAt: NOW, ...record }
  const stored = { claim: { token: 't', until: NOW }, claimedAt: NOW, ambiguous: true, expiresAt: 1, ...full }
  await table.client.send(
    new PutCommand({ TableName: table.name, Item: { ...stored, ...jobKey(runId, 'pay') } }),
  )
  await table.client.send(new PutCommand({ TableName: table.name, Item: { status, ...runKey(runId) } }))
  return stored as JobRecord
}

async function recordNow({ runId, job }: JobRecord): Promise<JobRecord> {
  const Key = jobKey(runId, job)
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key, ConsistentRead: true }),
  )
  return storedPart<JobRecord>(Item ?? {})
}

const claimed = (record: JobRecord, jobId: string) => ({
  ...{ endpoint: table.endpoint, runId: record.runId, job: 'pay', submission: 2, jobId },
})

describe('batchwise-claim', () => {
  it('runs the command exactly when core lets `win` happen, and writes exactly what core writes', async () => {
    const cases = [
      ...STATES.flatMap(state => [undefined, MINE, OTHER].map(jobId => ({ state, ...(jobId && { jobId }) }))),
      ...[1, 3].map(submission => ({ state: 'CLAIMED' as const, submission })),
    ]
    await inTurns(cases, 6, async short => {
      const before = await given(short)
      const { output, code } = await runClaim(claimed(before, MINE), ['echo', 'ran'])
      const after = await recordNow(before)
      const write = winWrite({ ...before, submission: 2 }, MINE, undefined, after.updatedAt)
      const wins = holds(write.condition, { ...before })
      expect([short, output.includes('ran'), code]).toEqual([short, wins, 0])
      expect(output.includes('not run: ')).toBe(!wins)
      expect(after).toEqual(wins ? applied(before, write) : before)
    })
  }, 60_000)

  it('lets one of two jobs of a submission run, though they come at the same time', async () => {
    const record = await given({})
    const ends = await Promise.all(
      [MINE, OTHER].map(jobId => runClaim(claimed(record, jobId), ['echo', 'ran'])),
    )
    expect(ends.map(({ code }) => code)).toEqual([0, 0])
    expect(ends.filter(({ output }) => output === 'ran\n')).toHaveLength(1)
    expect(ends.map(({ output }) => output).join()).toContain('is a duplicate')
  })

  it('lets all children of one array run, and writes it once', async () => {
    const record = await given({})
    const children = [MINE, OTHER].flatMap(array => [0, 1, 2].map(index => `${array}:${index}`))
    const ends = await Promise.all(
      children.map(jobId => runClaim({ ...claimed(record, jobId), arraySize: 3 }, ['echo', 'ran', jobId])),
    )
    const ran = children.filter((_, index) => ends[index]?.output.startsWith('ran'))
    const after = await recordNow(record)
    expect(ran).toEqual([0, 1, 2].map(index => `${after.jobId}:${index}`))
    expect(after).toMatchObject({ size: 3, state: 'SUBMITTED' })
    await runClaim({ ...claimed(record, `${after.jobId}:1`), arraySize: 3 }, ['true'])
    expect(await recordNow(record)).toEqual(after)
  })

  it('lets a further attempt of the same job run', async () => {
    const record = await given({ state: 'SUBMITTED', jobId: MINE, progress: 4 })
    expect((await runClaim(claimed(record, MINE), ['echo', 'ran'])).output).toBe('ran\n')
  })

  it.each(['SUCCEEDED', 'FAILED', 'CANCELLED'] as const)(
    'runs nothing in a run that has ended: %s',
    async status => {
      const record = await given({ state: 'WAITING' }, status)
      const end = await runClaim(claimed(record, MINE), ['echo', 'ran'])
      expect(end).toMatchObject({ code: 75, output: expect.stringContaining('has ended already') })
      expect(end.output).not.toMatch(/^ran/m)
      expect(await recordNow(record)).toEqual(record)
    },
  )

  it('runs in a run that is being cancelled, for Batch is asked to stop it', async () => {
    const record = await given({ state: 'SUBMITTED', jobId: MINE }, 'CANCELLING')
    expect((await runClaim(claimed(record, MINE), ['echo', 'ran'])).output).toBe('ran\n')
  })

  it('runs nothing for a job that its run does not know', async () => {
    const end = await runClaim({ ...claimed(await given({}), MINE), job: 'other' }, ['echo', 'ran'])
    expect(end).toMatchObject({ code: 78, output: expect.stringContaining('knows no job "other"') })
  })

  it.skipIf(!hasAws)('does the same with the AWS CLI', async () => {
    const record = await given({})
    const first = await runClaim({ ...claimed(record, MINE), with: 'aws' }, ['echo', 'ran'])
    expect(first.output).toBe('ran\n')
    const after = await recordNow(record)
    expect(after).toEqual(applied(record, winWrite(record, MINE, undefined, after.updatedAt)))
    const second = await runClaim({ ...claimed(record, OTHER), with: 'aws' }, ['echo', 'ran'])
    expect(second).toMatchObject({ code: 0, output: expect.stringContaining('is a duplicate') })
  })

  it.each([
    ['nobody listens', async () => {}, 75, 'could not be asked'],
    ['the table is another', async () => table.endpoint, 78, 'knows no run nowhere'],
    ['it answers nothing useful', () => answering(500), 75, 'so it does not run'],
    ['it is forbidden', () => answering(400, 'AccessDeniedException'), 75, 'AccessDenied'],
  ])('does not run the command when %s', async (_title, listen, code, message) => {
    const endpoint = (await listen()) ?? 'http://127.0.0.1:9'
    const environment = { endpoint, runId: 'nowhere', job: 'pay', submission: 1, jobId: MINE }
    const end = await runClaim(environment, ['echo', 'ran'])
    expect(end).toMatchObject({ code, output: expect.stringContaining(message) })
    expect(end.output).not.toMatch(/^ran/m)
  })

  it('says what is missing', async () => {
    const environment = { endpoint: table.endpoint, runId: 'r', job: 'pay', submission: 1, jobId: MINE }
    expect(await runClaim(environment, [])).toMatchObject({ code: 64 })
    expect(await runClaim(environment, ['echo', 'ran'], '')).toMatchObject({
      code: 78,
      output: expect.stringContaining('BATCHWISE_TABLE is not set'),
    })
    const odd = await runClaim({ ...environment, runId: 'r"}' }, ['echo', 'ran'])
    expect(odd).toMatchObject({ code: 78, output: expect.not.stringContaining('ran\n') })
  })

  it.each([
    [['sh', '-c', 'exit 7'], { code: 7, signal: null }],
    [['sh', '-c', 'kill -KILL $$'], { code: null, signal: 'SIGKILL' }],
    [['no-such-program'], { code: 127 }],
    [['printf', '%s|', 'a b', '', '$HOME', '*'], { code: 0, output: 'a b||$HOME|*|' }],
  ])('ends as its command does: %j', async (command, end) => {
    expect(await runClaim(claimed(await given({}), MINE), command)).toMatchObject(end)
  })

  it('becomes the command: the same process, which gets the signals itself', async () => {
    const script = 'trap "echo caught; exit 5" TERM; echo "pid $$"; while :; do sleep 0.05; done'
    const { child, ended, output } = startClaim(claimed(await given({}), MINE), ['sh', '-c', script])
    await expect.poll(output).toContain('pid')
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 5, output: `pid ${child.pid}\ncaught\n` })
  })
})

async function inTurns<Item>(
  items: readonly Item[],
  width: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item)
  }
  await Promise.all(Array.from({ length: width }, worker))
}

/** A DynamoDB that is not well. */
async function answering(status: number, type = 'InternalServerError'): Promise<string> {
  const server = createServer((_request, response) =>
    response.writeHead(status).end(JSON.stringify({ __type: `x#${type}` })),
  )
  server.listen(0, '127.0.0.1').unref()
  await new Promise(resolve => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

import { execFile } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { clientTarget } from '../src/aws/client-target.ts'
import { indexAttributes } from '../src/aws/table.ts'
import { tableClient } from '../src/aws/table-client.ts'
import { runKey } from '../src/core/run/item-write.ts'
import type { Run } from '../src/core/run/run.ts'
import { runIdOf } from '../src/core/run/run-identity.ts'
import { createDynamo } from '../src/local/dynamodb/dynamodb.ts'
import { LOCAL_STACK_NAME, LOCAL_TABLE } from '../src/local/stack/local-names.ts'
import { provisionTable } from '../src/local/stack/provision.ts'
import { readServerlessStack } from '../src/local/stack/serverless-stack.ts'
import type { Result, Row } from './result.ts'
import { measured, type Spread, timed } from './spread.ts'
import { inTempFolder } from './temp-folder.ts'
import { WireCalls } from './wire-calls.ts'

const RUNS = 100_000
const PER_WRITE = 25
const WRITERS = 4
/** Milliseconds after which no more runs are stored: the figures then are of fewer. */
const PATIENCE = 240_000
const WORKFLOWS = ['access-points', 'nightly', 'pairs', 'thumbnails']
const LOOKS = { warmUp: 1, count: 5 }
const PAGES: readonly (readonly string[])[] = [
  [],
  ['--workflow', 'nightly'],
  ['--status', 'FAILED'],
  ['--since', '1h'],
]

const run = promisify(execFile)

/** What `batchwise runs` asks of a table with a hundred thousand runs for its first page, and how long that takes. */
export function manyRunsBench(root: string): Promise<Result> {
  return inTempFolder(async folder => {
    const dynamo = createDynamo(join(folder, 'table'))
    const server = createServer(dynamo.handle)
    const target = clientTarget(await endpointOf(server), 'us-east-1')
    await provisionTable(target as Parameters<typeof provisionTable>[0], readServerlessStack(root).table)
    const client = tableClient(target)
    const stored = await storeRuns(client)
    const rows: Row[] = []
    const notes: string[] = []
    for (const page of PAGES) {
      const words = ['runs', ...page].join(' ')
      const { spread, calls } = await look(root, page, target.endpoint ?? '')
      if (calls.get('dynamodb Query') !== 1) throw new Error(`${words} takes more than one query.`)
      rows.push({ name: `${words}, of ${stored} runs`, unit: 'ms', measured: spread })
      notes.push(`${words} asks: ${[...calls].map(([call, count]) => `${call} ${count}`).join(', ')}`)
    }
    client.destroy()
    await new Promise(done => server.close(done))
    await dynamo.close()
    return { rows, notes }
  })
}

async function endpointOf(server: Server): Promise<string> {
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** @returns how many, when time was up */
async function storeRuns(client: DynamoDBDocumentClient): Promise<number> {
  const startedAt = Date.now()
  let next = 0
  const write = async () => {
    while (next < RUNS && Date.now() - startedAt < PATIENCE) {
      const first = next
      next += PER_WRITE
      const puts = Array.from({ length: PER_WRITE }, (_, place) => ({
        PutRequest: { Item: itemOf(runNumber(first + place, startedAt)) },
      }))
      await client.send(new BatchWriteCommand({ RequestItems: { [LOCAL_TABLE]: puts } }))
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
  return next
}

/** One a minute, every tenth failed: the newest first. */
function runNumber(number: number, now: number): Run {
  const workflow = WORKFLOWS[number % WORKFLOWS.length] ?? ''
  const createdAt = now - number * 60_000
  const key = `raw/${number}.json`
  return {
    runId: runIdOf(LOCAL_STACK_NAME, workflow, { type: 'manual', requestId: `many-${number}` }),
    workflow,
    status: number % 10 === 7 ? 'FAILED' : 'SUCCEEDED',
    epoch: 1,
    definition: 'none',
    trigger: { type: 'object', values: { bucket: 'in', key, uri: `s3://in/${key}`, etag: 'x' } },
    parameters: {},
    createdAt,
    finishedAt: createdAt + 30_000,
    alerts: {},
  }
}

function itemOf(run: Run): Record<string, unknown> {
  return { ...run, ...indexAttributes(run), ...runKey(run.runId) }
}

async function look(
  root: string,
  page: readonly string[],
  endpoint: string,
): Promise<{ readonly spread: Spread; readonly calls: ReadonlyMap<string, number> }> {
  const args = [join(root, 'bin/batchwise.js'), 'runs', ...page, '--endpoint-url', endpoint, '--json']
  const ask = () => run(process.execPath, args, { cwd: root, maxBuffer: 1e8 })
  const wire = new WireCalls()
  wire.start()
  const { stdout } = await ask()
  const calls = wire.stop()
  const { runs } = JSON.parse(stdout) as { readonly runs: readonly unknown[] }
  if (runs.length === 0) throw new Error(`${args.join(' ')} found no run.`)
  return { spread: await measured(LOOKS, () => timed(ask)), calls }
}

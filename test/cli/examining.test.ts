import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchClient, RegisterJobDefinitionCommand, UpdateJobQueueCommand } from '@aws-sdk/client-batch'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientTarget } from '../../src/aws/client-target.ts'
import { tableClient } from '../../src/aws/table-client.ts'
import { runKey } from '../../src/core/run/item-write.ts'
import { LOCAL_TABLE } from '../../src/local/stack/local-names.ts'
import { localCommand, type RunningCommand } from '../end-to-end/command.ts'
import { type Reader, readerOf } from '../end-to-end/local.ts'
import { runCommand } from './run-command.ts'

let folder: string
let local: RunningCommand & { readonly endpoint: string }
let reader: Reader
let stack: readonly string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-examining-'))
  local = await localCommand(folder, ['--workflows', 'test/cli/workflows/command'])
  reader = readerOf(local.endpoint)
  stack = ['--data', join(folder, 'data')]
})
afterAll(async () => {
  reader.close()
  local.child.kill('SIGKILL')
  await local.ended()
  await rm(folder, { recursive: true, force: true })
})

async function json(...args: readonly string[]) {
  const { stdout, stderr } = await runCommand([...args, '--json', ...stack])
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

const KEYS = ['steps/a b+c.txt', 'steps/100%.txt', 'steps/$(touch pwned).txt', 'steps/ü.txt']

describe('batchwise backfill', () => {
  const prefix = 's3://batchwise-input/steps/'

  it('skips objects that have run by their upload', async () => {
    for (const Key of [...KEYS, 'other/x.txt']) {
      await reader.s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: Key }))
    }
    await reader.ended('steps', KEYS.length)
    expect(await json('backfill', 's3://batchwise-input/')).toEqual({
      objects: KEYS.length + 1,
      matched: KEYS.length,
      started: 0,
      skipped: KEYS.length,
      interrupted: false,
      dryRun: false,
    })
  })

  it('starts what has no run, stops at Ctrl-C between two, goes on, and then has nothing left', async () => {
    await forget(KEYS.slice(1))
    const dry = await runCommand(['backfill', prefix, '--dry-run', ...stack])
    expect(dry.stdout.match(/^steps {2}s3:.*$/gm)).toHaveLength(3)
    expect(dry.stdout).toContain('4 objects, 4 runs by their triggers: would start 3, had 1 already.')
    const first = await interrupted(['backfill', prefix, '--rate', '1/h', '--json', ...stack], 2)
    expect(first).toMatchObject({ code: 130, output: { started: 1, interrupted: true } })
    expect(await json('backfill', prefix, '--rate', '100/s')).toMatchObject({ started: 2, skipped: 2 })
    const runs = await reader.ended('steps', KEYS.length)
    expect(runs.map(({ run }) => run.trigger.values['key']).sort()).toEqual([...KEYS].sort())
    expect(runs.every(({ run }) => run.trigger.values['etag']?.length === 32)).toBe(true)
    expect(await json('backfill', prefix)).toMatchObject({ started: 0, skipped: 4 })
  })

  it.each([
    [['backfill', 'somewhere'], /Write it as s3:\/\/bucket\/prefix/],
    [['backfill', prefix, '--rate', 'fast'], /Write it as 2\/s, 30\/m or 100\/h/],
    [['backfill', prefix, '--workflow', 'step'], /Did you mean "steps"\?/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await runCommand([...args, ...stack])
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })
})

/** Takes the runs of these objects out of the table, as their TTL does. */
async function forget(keys: readonly string[]): Promise<void> {
  const client = tableClient(clientTarget(local.endpoint, 'us-east-1'))
  for (const { run, jobs } of await reader.runs('steps')) {
    if (!keys.includes(run.trigger.values['key'] ?? '')) continue
    const { pk } = runKey(run.runId)
    for (const sk of ['run', ...jobs.map(({ job }) => `job#${job}`)]) {
      await client.send(new DeleteCommand({ TableName: LOCAL_TABLE, Key: { pk, sk } }))
    }
  }
  client.destroy()
}

/** Sends Ctrl-C to a command once the workflow has so many runs. */
async function interrupted(args: readonly string[], runs: number) {
  const child = spawn(process.execPath, [join('bin', 'batchwise.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    output += text
  })
  const end = once(child, 'close')
  await reader.ended('steps', runs)
  child.kill('SIGINT')
  const [code] = await end
  return { code, output: JSON.parse(output) }
}

describe('batchwise alerts', () => {
  it('lists what was sent, and sends a test', async () => {
    expect(await json('alerts')).toEqual({ alerts: [], outbox: [] })
    const failed = await runCommand(['start', 'breaks', '--wait', ...stack])
    expect(failed.code).toBe(1)
    expect((await runCommand(['alerts', 'test', ...stack])).stdout).toContain('it is in the outbox')
    await reader.alertsSent('breaks')
    const { alerts, outbox } = await json('alerts')
    expect(alerts).toEqual([
      {
        runId: expect.stringMatching(/^\w{26}$/),
        workflow: 'breaks',
        finishedAt: expect.any(String),
        epoch: 1,
        state: 'sent',
      },
    ])
    const subjects = outbox.map(({ subject }: { subject: string }) => subject).sort()
    expect(subjects).toEqual(['batchwise test of the alerts [local]', 'breaks failed: second [local]'])
  })
})

describe('batchwise doctor', () => {
  it('finds nothing wrong with a fresh local mode', async () => {
    const { code, stdout } = await runCommand(['doctor', ...stack])
    expect(stdout).toMatch(/All is well in local mode on http/)
    expect(code).toBe(0)
  })

  it('finds a disabled queue, dead letters and a definition that makes code of a parameter', async () => {
    await breakThings()
    const { code, stdout } = await runCommand(['doctor', '--json', ...stack])
    expect(code).toBe(1)
    const { fine, checks } = JSON.parse(stdout) as {
      fine: boolean
      checks: { check: string; findings: { problem: string; mend: string }[] }[]
    }
    expect(fine).toBe(false)
    expect(checks.flatMap(({ findings }) => findings.map(({ problem }) => problem))).toEqual([
      'request-dead-letters holds 1 message that could not be worked off.',
      'The job queue low is disabled: it takes no new jobs.',
      'The job definition unsafe-shell puts a parameter into code: cat Ref::file',
    ])
  })
})

async function breakThings(): Promise<void> {
  const target = clientTarget(local.endpoint, 'us-east-1')
  const batch = new BatchClient(target)
  const sqs = new SQSClient({ ...target, useQueueUrlAsEndpoint: false })
  await batch.send(new UpdateJobQueueCommand({ jobQueue: 'low', state: 'DISABLED' }))
  await batch.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: 'unsafe-shell',
      type: 'container',
      containerProperties: {
        image: 'none',
        command: ['sh', '-c', 'cat Ref::file'],
        resourceRequirements: [
          { type: 'VCPU', value: '1' },
          { type: 'MEMORY', value: '512' },
        ],
      },
      parameters: { file: '/dev/null' },
    }),
  )
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: `${local.endpoint}/000000000000/request-dead-letters`,
      MessageBody: 'not JSON',
    }),
  )
  await runCommand(['start', 'unsafe', '--wait', ...stack])
  batch.destroy()
  sqs.destroy()
}

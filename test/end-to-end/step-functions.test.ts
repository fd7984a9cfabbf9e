import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { writeLocalRecord } from '../../src/cli/local/local-record.ts'
import { runCommand } from '../cli/run-command.ts'
import { type RunningLocal, startLocal } from './local.ts'

/** Of another account and region, as a file for AWS has it. */
const SHARDS = 'arn:aws:states:eu-west-1:123456789012:stateMachine:shards'
const WORKFLOWS = {
  days: `
workflow: days
jobs:
  shards: { stateMachine: "${SHARDS}", input: { run: "\${run.output}", shards: [a, b] } }
  check:
    image: busybox
    command: [test, "\${jobs.shards.output}", =, '[{"file":"\${run.output}/a.jsonl"},{"file":"\${run.output}/b.jsonl"}]']
    vcpu: 0.25
    memory: 512
    timeout: 1m
    dependsOn: [shards]
`,
  empty: `
workflow: empty
jobs:
  shards: { stateMachine: "${SHARDS}", input: { run: "\${run.output}", shards: [] } }
`,
  'nightly-model': `
workflow: nightly-model
parameters: { same: { type: string, default: "yes" } }
jobs:
  check: { image: busybox, command: [test, "\${parameters.same}", =, "yes"], vcpu: 0.25, memory: 512, timeout: 1m }
`,
}

const folder = mkdtempSync(join(tmpdir(), 'batchwise-states-'))
const stateMachines = join(folder, 'state-machines')
let local: RunningLocal
let states: SFNClient
let bus: EventBridgeClient
beforeAll(async () => {
  mkdirSync(join(folder, 'workflows'))
  mkdirSync(stateMachines)
  for (const [name, text] of Object.entries(WORKFLOWS))
    writeFileSync(join(folder, 'workflows', `${name}.yaml`), text)
  cpSync('test/local/states/shards.asl.json', join(stateMachines, 'shards.asl.json'))
  writeFileSync(join(stateMachines, 'night.asl.json'), exampleOf('docs/step-functions.md'))
  writeFileSync(join(stateMachines, 'jsonata.asl.json'), '{ "QueryLanguage": "JSONata" }')
  local = await startLocal(join(folder, 'workflows'), undefined, stateMachines)
  states = new SFNClient(local.aws.target)
  bus = new EventBridgeClient(local.aws.target)
})
afterAll(async () => {
  states.destroy()
  bus.destroy()
  await local.close()
  rmSync(folder, { recursive: true })
})

/** The state machine of a page, for local mode's bus. */
function exampleOf(page: string): string {
  const examples = [...readFileSync(page, 'utf8').matchAll(/```json\n(.*?)```/gs)].map(
    ([, text = '']) => text,
  )
  const [example = ''] = examples.filter(text => text.includes('"StartAt"'))
  return example.replace('batchwise-prod', 'batchwise-local')
}

function start(workflow: string) {
  const Detail = JSON.stringify({ workflow })
  const entry = { EventBusName: 'batchwise-local', Source: 'test', DetailType: 'Start Requested', Detail }
  return bus.send(new PutEventsCommand({ Entries: [entry] }))
}

async function execute(name: string) {
  const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:night'
  const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn, name }))
  return vi.waitFor(
    async () => {
      const execution = await states.send(new DescribeExecutionCommand({ executionArn }))
      expect(execution.status).not.toBe('RUNNING')
      return execution
    },
    { timeout: 20_000, interval: 200 },
  )
}

it('tells of a state machine that local mode cannot run, and goes on', () => {
  expect(local.problems).toEqual([
    expect.stringContaining('jsonata.asl.json: Local mode does not support JSONata'),
  ])
})

it('runs an execution as a job, and gives its output to the next', async () => {
  await start('days')
  const [{ run, jobs } = { run: undefined, jobs: [] }] = await local.reader.ended('days', 1)
  expect(run?.status).toBe('SUCCEEDED')
  expect(jobs.find(({ job }) => job === 'shards')).toMatchObject({
    ...{ state: 'SUCCEEDED', queue: SHARDS },
    jobId: `arn:aws:states:eu-west-1:123456789012:execution:shards:shards_${run?.runId}_1`,
  })
})

it('shows the execution, and says that local mode has no history of it', async () => {
  const [{ run } = { run: undefined }] = await local.reader.ended('days', 1)
  const data = join(local.folder, 'data')
  writeLocalRecord(data, local.aws.target.endpoint)
  const where = ['--data', data]
  const shown = await runCommand(['show', run?.runId ?? '', ...where])
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/shards +SUCCEEDED/) })
  const log = await runCommand(['logs', run?.runId ?? '', 'shards', ...where])
  expect(log.code).toBe(1)
  expect(log.stderr).toContain('which has no log. Local mode keeps no history of executions')
})

it('tells by mail why an execution failed', async () => {
  await start('empty')
  const [{ run } = { run: undefined }] = await local.reader.ended('empty', 1)
  expect(run?.status).toBe('FAILED')
  await local.reader.alertsSent('empty')
  const outbox = join(local.folder, 'data', 'outbox')
  const mails = readdirSync(outbox).filter(name => name.endsWith('.eml'))
  expect(mails.map(name => readFileSync(join(outbox, name), 'utf8')).join()).toContain(
    'Job shards failed: Day.Empty: there are no shards.',
  )
  const shown = await runCommand(['show', run?.runId ?? '', '--data', join(local.folder, 'data')])
  expect(shown.stdout).toMatch(/shards +FAILED .*Day\.Empty: there are no shards/)
  expect(shown.stdout).toMatch(/Next:\n {2}batchwise retry/)
})

it('lets the state machine of the page wait for a run, and have its results', async () => {
  const execution = await execute('good')
  expect(execution.status).toBe('SUCCEEDED')
  const [{ run } = { run: undefined }] = await local.reader.ended('nightly-model', 1)
  expect(JSON.parse(execution.output ?? '').run).toMatchObject({
    ...{ workflow: 'nightly-model', status: 'SUCCEEDED', runId: run?.runId },
    output: `s3://batchwise-output/nightly-model/${run?.runId}`,
  })
  expect(run?.taskTokens).toEqual({})
})

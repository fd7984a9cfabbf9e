import { execFile, spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AwsEvent } from '../../src/local/aws-event.ts'
import { openServices, type Services } from '../../src/local/services.ts'

const run = promisify(execFile)
const hasCli = spawnSync('aws', ['--version'], { stdio: 'ignore' }).status === 0

let services: Services
let server: Server
let folder: string
const events: AwsEvent[] = []
const news = new EventEmitter()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'batchwise-cli-'))
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const onEvent = (event: AwsEvent) => {
    events.push(event)
    news.emit('event')
  }
  services = openServices({ folder, port, images: {}, onEvent, onProblem: what => console.error(what) })
  server.on('request', services.router)
  services.batch.start()
})
afterAll(async () => {
  await services.batch.stop()
  server.closeAllConnections()
  server.close()
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

type Answer = Readonly<Record<string, unknown>>

/** Runs the AWS CLI as a user does who has only been told the endpoint; what it prints is JSON or nothing. */
async function aws(...words: readonly string[]): Promise<Answer> {
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_PAGER: '',
  }
  const { port } = server.address() as AddressInfo
  const all = ['--endpoint-url', `http://127.0.0.1:${port}`, '--output', 'json', ...words]
  const { stdout } = await run('aws', all, { env })
  return stdout === '' ? {} : JSON.parse(stdout)
}

async function submit(name: string, ...words: readonly string[]): Promise<string> {
  const common = ['--job-name', name, '--job-queue', 'main', '--job-definition', 'echo']
  return String((await aws('batch', 'submit-job', ...common, ...words))['jobId'])
}

function rows(answer: Answer, list: string): readonly Answer[] {
  return answer[list] as readonly Answer[]
}

async function reached(jobId: string, ...statuses: readonly string[]): Promise<string> {
  for (;;) {
    const details = events.map(
      ({ detail }) => detail as { readonly jobId?: string; readonly status?: string },
    )
    const found = details.find(each => each.jobId === jobId && statuses.includes(each.status ?? ''))
    if (found?.status !== undefined) return found.status
    await once(news, 'event')
  }
}

it('serves a session of the AWS CLI', { timeout: 120_000 }, async context => {
  if (!hasCli) {
    console.info('Skipped the session of the AWS CLI: there is no "aws" on the PATH.')
    return context.skip('there is no "aws" on the PATH')
  }
  const resources =
    'type=EC2,maxvCpus=4,subnets=s,securityGroupIds=g,instanceTypes=optimal,instanceRole=r,minvCpus=0'
  const container =
    '{"image":"busybox","command":["echo","hello","Ref::who"],"resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"64"}]}'
  await Promise.all([
    aws(
      'batch',
      'create-compute-environment',
      '--compute-environment-name',
      'machine',
      '--type',
      'MANAGED',
      '--compute-resources',
      resources,
    ),
    aws(
      'batch',
      'register-job-definition',
      '--job-definition-name',
      'echo',
      '--type',
      'container',
      '--container-properties',
      container,
      '--parameters',
      'who=you',
    ),
  ])
  await aws(
    'batch',
    'create-job-queue',
    '--job-queue-name',
    'main',
    '--priority',
    '1',
    '--compute-environment-order',
    'order=1,computeEnvironment=machine',
  )

  const [top, array, upstream, sleeper] = await Promise.all([
    submit('top', '--parameters', 'who=me'),
    submit('array', '--array-properties', 'size=50'),
    submit('upstream', '--array-properties', 'size=3'),
    submit('sleeper', '--container-overrides', 'command=sleep,60'),
  ])
  const [left, right, downstream] = await Promise.all([
    submit('left', '--depends-on', `jobId=${top}`),
    submit('right', '--depends-on', `jobId=${top}`),
    submit('downstream', '--array-properties', 'size=3', '--depends-on', `jobId=${upstream},type=N_TO_N`),
  ])
  const bottom = await submit('bottom', '--depends-on', `jobId=${left}`, `jobId=${right}`)
  for (const jobId of [top, array, downstream, bottom])
    expect(await reached(jobId, 'SUCCEEDED', 'FAILED')).toBe('SUCCEEDED')
  await reached(sleeper, 'RUNNING')

  const [succeeded, running, described] = await Promise.all([
    aws('batch', 'list-jobs', '--job-queue', 'main', '--job-status', 'SUCCEEDED'),
    aws('batch', 'list-jobs', '--job-queue', 'main'),
    aws('batch', 'describe-jobs', '--jobs', top, array),
  ])
  const names = (answer: Answer) => rows(answer, 'jobSummaryList').map(job => job['jobName'])
  const finished = ['array', 'bottom', 'downstream', 'left', 'right', 'top', 'upstream']
  expect(names(succeeded).sort()).toEqual(finished)
  expect(names(running)).toEqual(['sleeper'])
  expect(described).toMatchObject({
    jobs: [
      { jobId: top, container: { exitCode: 0, command: ['echo', 'hello', 'me'] } },
      { jobId: array, arrayProperties: { size: 50, statusSummary: { SUCCEEDED: 50 } } },
    ],
  })

  const stream = JSON.stringify(described).match(/"logStreamName":"([^"]+)"/)?.[1] ?? ''
  const log = ['--log-group-name', '/aws/batch/job', '--log-stream-name', stream]
  const [lines, caller] = await Promise.all([
    aws('logs', 'get-log-events', ...log),
    aws('sts', 'get-caller-identity'),
    aws('batch', 'terminate-job', '--job-id', sleeper, '--reason', 'seen enough'),
  ])
  expect(rows(lines, 'events').map(({ message }) => message)).toContain('hello me')
  expect(caller).toMatchObject({ Account: '000000000000' })
  await reached(sleeper, 'FAILED')
  expect(await aws('batch', 'describe-jobs', '--jobs', sleeper)).toMatchObject({
    jobs: [{ status: 'FAILED', statusReason: 'seen enough', isTerminated: true }],
  })
})

it('serves state machines to the AWS CLI', { timeout: 120_000 }, async context => {
  if (!hasCli) return context.skip('there is no "aws" on the PATH')
  const definition = JSON.stringify({
    StartAt: 'Add',
    States: { Add: { Type: 'Pass', Parameters: { 'sum.$': 'States.MathAdd($.a, 2)' }, End: true } },
  })
  const role = ['--role-arn', 'arn:aws:iam::000000000000:role/r']
  const made = await aws(
    'stepfunctions',
    'create-state-machine',
    '--name',
    'add',
    '--definition',
    definition,
    ...role,
  )
  const machine = ['--state-machine-arn', String(made['stateMachineArn'])]
  const started = await aws(
    'stepfunctions',
    'start-execution',
    ...machine,
    '--name',
    'one',
    '--input',
    '{"a":1}',
  )
  const execution = ['--execution-arn', String(started['executionArn'])]
  await ended('one')
  expect(await aws('stepfunctions', 'describe-execution', ...execution)).toMatchObject({
    ...{ name: 'one', status: 'SUCCEEDED', input: '{"a":1}', output: '{"sum":3}' },
  })
  const listed = await aws('stepfunctions', 'list-executions', ...machine)
  expect(rows(listed, 'executions')).toMatchObject([{ name: 'one', status: 'SUCCEEDED' }])
  await aws('stepfunctions', 'delete-state-machine', ...machine)
  expect(rows(await aws('stepfunctions', 'list-state-machines'), 'stateMachines')).toEqual([])
})

async function ended(execution: string): Promise<void> {
  const isEnd = ({ detail }: AwsEvent) => detail['name'] === execution && detail['stopDate'] !== null
  while (!events.some(isEnd)) await once(news, 'event')
}

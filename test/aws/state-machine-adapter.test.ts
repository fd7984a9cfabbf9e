import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createStateMachines } from '../../src/aws/state-machine-adapter.ts'
import { createTasks } from '../../src/aws/task-adapter.ts'
import { openedStates, SHARDS, WAIT } from '../local/states/local-states.ts'

const target = (endpoint: string) => ({
  ...{ endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } },
})

async function local() {
  const states = await openedStates()
  const port = createStateMachines(target(states.url))
  const stateMachineArn = await states.create(SHARDS, 'shards')
  const request = (name: string, shards: readonly string[] = ['a']) => ({
    ...{ stateMachineArn, name, input: JSON.stringify({ run: 'r', shards }) },
  })
  return { ...states, port, request, stateMachineArn }
}

/** Step Functions that answers every call so. */
async function answering(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return createStateMachines(target(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
}
const saying =
  (status: number, body: object): RequestListener =>
  (request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body))
  }
const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:m'
const REQUEST = { stateMachineArn: MACHINE, name: 'n', input: '{}' }

describe('start', () => {
  it('finds the execution that an earlier call of this name started, running or ended', async () => {
    const { port, request, ended } = await local()
    const first = await port.start(request('n'))
    expect(first).toEqual({
      type: 'accepted',
      jobId: 'arn:aws:states:eu-west-1:000000000000:execution:shards:n',
    })
    await ended(first.type === 'accepted' ? first.jobId : '')
    expect(await port.start(request('n'))).toEqual(first)
    expect(await port.start(request('n', ['other']))).toEqual(first)
  })

  it.each([
    [
      'a state machine that is not there',
      400,
      { __type: 'StateMachineDoesNotExist', message: 'gone' },
      'refused',
      false,
    ],
    ['a denied call', 400, { __type: 'AccessDeniedException', message: 'no' }, 'refused', false],
    ['too many executions', 400, { __type: 'ExecutionLimitExceeded', message: 'many' }, 'refused', true],
    ['throttling', 400, { __type: 'ThrottlingException', message: 'slow' }, 'refused', true],
    ['a fault', 500, { __type: 'InternalFailure', message: 'oh' }, 'unknown', undefined],
    ['an answer without ARN', 200, {}, 'unknown', undefined],
  ])('says of %s whether an execution was made', async (_title, status, body, type, again) => {
    const outcome = await (await answering(saying(status, body))).start(REQUEST)
    expect(outcome).toMatchObject(again === undefined ? { type } : { type, again })
  })

  it('does not know, when the connection breaks', async () => {
    const port = await answering(request => request.socket.destroy())
    expect(await port.start(REQUEST)).toMatchObject({ type: 'unknown' })
  })

  it('refuses an express state machine, which nobody could follow', async () => {
    const executionArn = 'arn:aws:states:eu-west-1:123456789012:express:m:n:0'
    const port = await answering(saying(200, { executionArn, startDate: 1 }))
    expect(await port.start(REQUEST)).toMatchObject({
      ...{ type: 'refused', again: false, reason: expect.stringContaining('express') },
    })
  })
})

describe('describe', () => {
  it('gives the output of what succeeded, error and cause of what failed, nothing of what runs', async () => {
    const { port, request, create, start, ended } = await local()
    for (const name of ['good', 'bad']) {
      await port.start(request(name, name === 'good' ? ['a'] : []))
      await ended(`arn:aws:states:eu-west-1:000000000000:execution:shards:${name}`)
    }
    const of = (name: string) =>
      port.describe(`arn:aws:states:eu-west-1:000000000000:execution:shards:${name}`)
    expect(await of('good')).toMatchObject({
      change: { jobName: 'good', status: 'SUCCEEDED', attempts: 1 },
      output: [{ file: 'r/a.jsonl' }],
    })
    expect(await of('bad')).toMatchObject({
      change: { status: 'FAILED', statusReason: 'Day.Empty: there are no shards' },
      output: { Error: 'Day.Empty', Cause: 'there are no shards' },
    })
    const running = await port.describe(await start(await create(WAIT(), 'w'), { day: 1 }, 'runs'))
    expect([running?.change.status, running?.output]).toEqual(['RUNNING', undefined])
    expect(await of('never')).toBeUndefined()
  })
})

describe('stop', () => {
  it('ends what runs; what has ended or never was is no error', async () => {
    const { port, create, start, ended } = await local()
    const executionArn = await start(await create(WAIT(), 'w'), { day: 1 }, 'runs')
    await port.stop(executionArn, 'Batchwise: the run was cancelled')
    expect(await ended(executionArn)).toMatchObject({
      ...{ status: 'ABORTED', error: 'Batchwise.Stopped', cause: 'Batchwise: the run was cancelled' },
    })
    await port.stop(executionArn, 'again')
    await port.stop(`${executionArn}-never`, 'x')
  })
})

describe('the answer to a task', () => {
  it('tells it once; a task that waits no more is no error', async () => {
    const { create, start, ended, token, url } = await local()
    const tasks = createTasks(target(url))
    const executionArn = await start(await create(WAIT(), 'w'), { day: 1 }, 'runs')
    const open = await token()
    const answer = { type: 'succeeded', output: '{"a":1}' } as const
    expect(await tasks.answer(open, answer)).toBe(true)
    expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' })
    expect(await tasks.answer(open, answer)).toBe(false)
    expect(await tasks.answer('made up', { type: 'failed', error: 'e', cause: 'c' })).toBe(false)
  })

  it('tells of a failure', async () => {
    const { create, start, ended, token, url } = await local()
    const executionArn = await start(await create(WAIT(), 'w'), { day: 1 }, 'runs')
    const cause = 'x'.repeat(40_000)
    await createTasks(target(url)).answer(await token(), { type: 'failed', error: 'Batchwise.Failed', cause })
    expect(await ended(executionArn)).toMatchObject({
      ...{ status: 'FAILED', error: 'Batchwise.Failed', cause: 'x'.repeat(32_768) },
    })
  })
})

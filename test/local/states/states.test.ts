import {
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { describe, expect, it } from 'vitest'
import { openedStates, SHARDS, WAIT } from './local-states.ts'

describe('an execution', () => {
  it('chooses, maps over shards, and gives their output', async () => {
    const { create, start, ended } = await openedStates()
    const machine = await create(SHARDS)
    const done = await ended(await start(machine, { run: 's3://b/r', shards: ['a', 'b', 'c'] }, 'one'))
    expect(done).toMatchObject({ status: 'SUCCEEDED', name: 'one', stateMachineArn: machine })
    expect(JSON.parse(done.output ?? '')).toEqual(
      ['a', 'b', 'c'].map(it => ({ file: `s3://b/r/${it}.jsonl` })),
    )
    expect(done.stopDate).toBeInstanceOf(Date)
  })

  it('fails with the error and the cause of its Fail state', async () => {
    const { create, start, ended } = await openedStates()
    const done = await ended(await start(await create(SHARDS), { run: 'r', shards: [] }))
    expect(done).toMatchObject({ status: 'FAILED', error: 'Day.Empty', cause: 'there are no shards' })
    expect(done.output).toBeUndefined()
  })

  it('times out as its definition says', async () => {
    const { create, start, ended } = await openedStates()
    const states = { W: { Type: 'Wait', Seconds: 60, End: true } }
    const machine = await create(JSON.stringify({ StartAt: 'W', TimeoutSeconds: 1, States: states }))
    expect(await ended(await start(machine, {}))).toMatchObject({ status: 'TIMED_OUT' })
  })

  it('is one under its name: the same start finds it, another is refused', async () => {
    const { create, start, ended, events } = await openedStates()
    const machine = await create(WAIT())
    const first = await start(machine, { day: 1 }, 'n')
    expect(await start(machine, { day: 1 }, 'n')).toBe(first)
    await expect(start(machine, { day: 2 }, 'n')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' })
    expect(events).toHaveLength(1)
    const done = await create(SHARDS, 'other')
    await ended(await start(done, { run: 'r', shards: ['a'] }, 'n'))
    await expect(start(done, { run: 'r', shards: ['a'] }, 'n')).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    })
  })

  it('is stopped, and stays so', async () => {
    const { client, create, start, ended, token, states } = await openedStates()
    const executionArn = await start(await create(WAIT()), { day: 1 })
    const open = await token()
    expect(states.running()).toBe(1)
    const stop = { executionArn, error: 'Op', cause: 'by Ada' }
    await client.send(new StopExecutionCommand(stop))
    expect(await ended(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Op', cause: 'by Ada' })
    expect(states.running()).toBe(0)
    const again = await client.send(new StopExecutionCommand(stop))
    expect(again.stopDate).toEqual((await ended(executionArn)).stopDate)
    const late = new SendTaskSuccessCommand({ taskToken: open, output: '{}' })
    await expect(client.send(late)).rejects.toMatchObject({ name: 'TaskTimedOut' })
  })

  it('tells of its beginning and its end as AWS does', async () => {
    const { create, start, ended, events } = await openedStates()
    const machine = await create(SHARDS)
    const executionArn = await start(machine, { run: 'r', shards: ['a'] }, 'one')
    await ended(executionArn)
    expect(events.map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'SUCCEEDED'])
    expect(events[1]).toEqual({
      ...{ version: '0', id: expect.any(String), 'detail-type': 'Step Functions Execution Status Change' },
      ...{ source: 'aws.states', account: '000000000000', region: 'eu-west-1', resources: [executionArn] },
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      detail: {
        ...{ executionArn, stateMachineArn: machine, name: 'one', status: 'SUCCEEDED' },
        ...{ startDate: expect.any(Number), stopDate: expect.any(Number) },
        ...{ input: '{"run":"r","shards":["a"]}', output: '[{"file":"r/a.jsonl"}]' },
        ...{ inputDetails: { included: true }, outputDetails: { included: true }, error: null, cause: null },
        ...{ stateMachineVersionArn: null, stateMachineAliasArn: null, redriveCount: 0, redriveDate: null },
        ...{ redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'Local mode does not redrive' },
      },
    })
    expect(events[0]?.detail).toMatchObject({ stopDate: null, output: null, outputDetails: null })
  })

  it('is listed, the newest first, by status and in pages', async () => {
    const { client, create, start, ended } = await openedStates()
    const stateMachineArn = await create(SHARDS)
    for (const name of ['a', 'b', 'c'])
      await ended(await start(stateMachineArn, { run: 'r', shards: [name] }, name))
    await ended(await start(stateMachineArn, { run: 'r', shards: [] }, 'd'))
    const list = (more: object) => client.send(new ListExecutionsCommand({ stateMachineArn, ...more }))
    const first = await list({ statusFilter: 'SUCCEEDED', maxResults: 2 })
    const second = await list({ statusFilter: 'SUCCEEDED', maxResults: 2, nextToken: first.nextToken })
    const names = [first, second].map(page => page.executions?.map(({ name }) => name))
    expect([names, second.nextToken]).toEqual([[['c', 'b'], ['a']], undefined])
  })

  it.each([
    [
      'an unknown execution',
      'ExecutionDoesNotExist',
      { executionArn: 'arn:aws:states:x:000000000000:execution:m:n' },
    ],
  ])('refuses %s', async (_title, name, input) => {
    const { client } = await openedStates()
    await expect(client.send(new DescribeExecutionCommand(input))).rejects.toMatchObject({ name })
  })
})

describe('a task that waits for its token', () => {
  it('puts its event with a token, and ends with the output that it is told', async () => {
    const { client, create, start, ended, token, put } = await openedStates()
    const machine = await create(WAIT())
    const executionArn = await start(machine, { day: 7 }, 'n')
    const taskToken = await token()
    expect(put).toMatchObject([{ Resources: [executionArn, machine] }])
    expect(JSON.parse(put[0]?.Detail ?? '')).toEqual({
      token: taskToken,
      text: `<${taskToken}>`,
      day: 7,
      by: 'n',
    })
    await client.send(new SendTaskHeartbeatCommand({ taskToken }))
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"a":1}' }))
    expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' })
  })

  it('fails with what it is told, for the definition to catch', async () => {
    const { client, create, start, ended, token } = await openedStates()
    const Catch = [{ ErrorEquals: ['Batchwise.Failed'], Next: 'Caught' }]
    const executionArn = await start(await create(WAIT({ Catch })), { day: 1 })
    const failure = { taskToken: await token(), error: 'Batchwise.Failed', cause: 'why' }
    await client.send(new SendTaskFailureCommand(failure))
    const done = await ended(executionArn)
    expect([done.status, done.output]).toEqual(['SUCCEEDED', '{"Error":"Batchwise.Failed","Cause":"why"}'])
    await expect(client.send(new SendTaskFailureCommand(failure))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    })
  })

  it('fails without a heartbeat', async () => {
    const { create, start, ended } = await openedStates()
    const executionArn = await start(await create(WAIT({ HeartbeatSeconds: 1 })), { day: 1 })
    expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' })
  })

  it('knows its own tokens only, and JSON only', async () => {
    const { client, create, start, token } = await openedStates()
    await start(await create(WAIT()), { day: 1 })
    const taskToken = await token()
    const tell = (told: { taskToken: string; output: string }) =>
      client.send(new SendTaskSuccessCommand(told))
    await expect(tell({ taskToken: 'x', output: '{}' })).rejects.toMatchObject({ name: 'InvalidToken' })
    await expect(tell({ taskToken, output: '{' })).rejects.toMatchObject({ name: 'InvalidOutput' })
  })
})

describe('a state machine', () => {
  it('is made, described, listed and deleted', async () => {
    const { client, create } = await openedStates()
    const stateMachineArn = await create(SHARDS, 'shards')
    expect(stateMachineArn).toBe('arn:aws:states:eu-west-1:000000000000:stateMachine:shards')
    expect(await create(SHARDS, 'shards')).toBe(stateMachineArn)
    await expect(create(WAIT(), 'shards')).rejects.toMatchObject({ name: 'StateMachineAlreadyExists' })
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn }))
    expect(described).toMatchObject({
      name: 'shards',
      definition: SHARDS,
      type: 'STANDARD',
      status: 'ACTIVE',
    })
    const listed = await client.send(new ListStateMachinesCommand({}))
    expect(listed.stateMachines).toMatchObject([{ name: 'shards' }])
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }))
    await expect(client.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    })
  })

  it('is found by its name, whatever account and region its ARN names', async () => {
    const { create, start, ended } = await openedStates()
    await create(SHARDS, 'shards')
    const asked = 'arn:aws:states:us-west-2:123456789012:stateMachine:shards'
    const done = await ended(await start(asked, { run: 'r', shards: ['a'] }, 'n'))
    expect(done).toMatchObject({
      stateMachineArn: asked,
      executionArn: 'arn:aws:states:us-west-2:123456789012:execution:shards:n',
    })
  })

  const machine = (state: object, more: object = {}) =>
    JSON.stringify({ StartAt: 'S', States: { S: { End: true, ...state } }, ...more })
  it.each([
    ['JSONata', machine({ Type: 'Pass' }, { QueryLanguage: 'JSONata' }), 'does not support JSONata'],
    ['JSONata in a state', machine({ Type: 'Pass', QueryLanguage: 'JSONata' }), 'which state "S" uses'],
    ['variables', machine({ Type: 'Pass', Assign: { a: 1 } }), 'does not support variables'],
    [
      'distributed maps',
      machine({
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED' },
          StartAt: 'P',
          States: { P: { Type: 'Pass', End: true } },
        },
      }),
      'does not support distributed maps',
    ],
    [
      'a task that would leave this machine',
      machine({ Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:f' }),
      'cannot run the Resource',
    ],
    ['what is no JSON', '{', 'is not a JSON object'],
    ['a list', '[]', 'is not a JSON object'],
    ['a definition without a beginning', '{"States":{"S":{"Type":"Succeed"}}}', 'StartAt'],
  ])('is refused with %s', async (_title, definition, words) => {
    const { create } = await openedStates()
    await expect(create(definition)).rejects.toMatchObject({
      ...{ name: 'InvalidDefinition', message: expect.stringContaining(words) },
    })
  })

  it('of a file is taken or refused in words, and a start of it says them again', async () => {
    const { states, start, ended } = await openedStates()
    const arn = (name: string) => `arn:aws:states:eu-west-1:000000000000:stateMachine:${name}`
    expect(await states.define('good', SHARDS)).toBeUndefined()
    expect(await ended(await start(arn('good'), { run: 'r', shards: ['a'] }))).toMatchObject({
      status: 'SUCCEEDED',
    })
    expect(await states.define('bad', '{')).toContain('not a JSON object')
    await expect(start(arn('bad'), {})).rejects.toThrow('Its file was refused: The definition is not')
    await expect(start(arn('none'), {})).rejects.toThrow('Write state-machines/none.asl.json')
  })
})

describe('a new start', () => {
  it('has the state machines and executions of the last one, and ends what ran', async () => {
    const before = await openedStates()
    const stateMachineArn = await before.create(WAIT(), 'kept')
    const shards = await before.create(SHARDS, 'shards')
    const done = await before.start(shards, { run: 'r', shards: ['a'] }, 'done')
    await before.ended(done)
    const executionArn = await before.start(stateMachineArn, { day: 1 }, 'ran')
    await before.token()
    before.close()
    const after = await openedStates(before.folder)
    after.states.start()
    expect(await after.ended(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Local.Stopped' })
    expect(await after.ended(done)).toMatchObject({ status: 'SUCCEEDED' })
    expect(after.events.map(({ detail }) => [detail['name'], detail['status']])).toEqual([['ran', 'ABORTED']])
  })
})

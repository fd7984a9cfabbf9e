import { expect, it } from 'vitest'
import { bodiesOf, functionF, JOBS, stage } from './stage.ts'

const counts = (queues: ReturnType<typeof stage>['queues'], name: string) =>
  queues.queue(name).counts(Date.now())
const EMPTY = { visible: 0, inFlight: 0, delayed: 0 }

it("hands over a message in exactly Lambda's form and deletes it", async () => {
  await using it = stage()
  await it.start()
  const colour = { DataType: 'String', StringValue: 'red' }
  const messageId = it.queues.send('jobs', 'body', { attributes: { colour } })
  const [call] = await it.calls.first(1)
  expect(call?.event).toEqual({
    Records: [
      {
        messageId,
        receiptHandle: expect.any(String),
        body: 'body',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: '000000000000',
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          colour: { stringValue: 'red', stringListValues: [], binaryListValues: [], dataType: 'String' },
        },
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
        md5OfBody: '841a2d689ad86bd1611447453c22c6fc',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:jobs',
        awsRegion: 'eu-west-1',
      },
    ],
  })
  const [report] = await it.reports.first(1)
  expect(report).toEqual({
    functionName: 'f',
    awsRequestId: call?.context.awsRequestId,
    durationMs: expect.any(Number),
  })
  expect(counts(it.queues, 'jobs')).toEqual(EMPTY)
})

it('tells the handler of its invocation', async () => {
  await using it = stage(({ context }) => context.getRemainingTimeInMillis())
  await it.start()
  it.queues.send('jobs', 'body')
  const [call] = await it.calls.first(1)
  expect(call?.context).toMatchObject({
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    functionName: 'f',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:f',
    memoryLimitInMB: expect.stringMatching(/^\d+$/),
  })
  const left = call?.context.getRemainingTimeInMillis() ?? 0
  expect(left > 0 && left <= 5000).toBe(true)
})

it('makes batches of what is there, and no larger than asked', async () => {
  await using it = stage()
  for (const body of ['1', '2', '3', '4', '5']) it.queues.send('jobs', body)
  await it.start([functionF({ events: [{ ...JOBS, batchSize: 2 }] })])
  const calls = await it.calls.first(3)
  expect(calls.map(bodiesOf)).toEqual([['1', '2'], ['3', '4'], ['5']])
})

it('waits for a batch to fill', async () => {
  await using it = stage()
  await it.start([functionF({ events: [{ ...JOBS, batchSize: 2, maximumBatchingWindow: 300 }] })])
  it.queues.send('jobs', '1')
  await new Promise(setImmediate)
  it.queues.send('jobs', '2')
  it.queues.send('jobs', '3')
  expect((await it.calls.first(1)).map(bodiesOf)).toEqual([['1', '2']])
})

it('waits for a batch to fill no longer than its window', async () => {
  await using it = stage()
  await it.start([functionF({ events: [{ ...JOBS, batchSize: 2, maximumBatchingWindow: 0.02 }] })])
  it.queues.send('jobs', '1')
  expect((await it.calls.first(1)).map(bodiesOf)).toEqual([['1']])
})

it('runs at most maximumConcurrency batches at once', async () => {
  const gates: (() => void)[] = []
  let running = 0
  let most = 0
  await using it = stage(async () => {
    most = Math.max(most, ++running)
    await new Promise<void>(resolve => gates.push(resolve))
    running -= 1
  })
  for (let number = 0; number < 5; number++) it.queues.send('jobs', String(number))
  await it.start([functionF({ events: [{ ...JOBS, batchSize: 1, maximumConcurrency: 2 }] })])
  for (let done = 1; done <= 5; done++) {
    await it.calls.first(Math.min(5, done + 1))
    gates.shift()?.()
    await it.reports.first(done)
  }
  expect(most).toBe(2)
})

it('takes a delayed message when it becomes visible', async () => {
  await using it = stage()
  await it.start()
  it.queues.send('jobs', 'late', { delay: 0.03 })
  expect(bodiesOf((await it.calls.first(1))[0])).toEqual(['late'])
})

it('fails all messages of a batch together', async () => {
  await using it = stage(() => {
    throw new Error('no luck')
  })
  it.queues.send('jobs', 'a')
  it.queues.send('jobs', 'b')
  await it.start()
  expect((await it.reports.first(1))[0]).toMatchObject({ error: new Error('no luck'), failedItems: 2 })
  expect(counts(it.queues, 'jobs')).toEqual({ ...EMPTY, inFlight: 2 })
})

it('brings a failed message back as a receive more, then gives it to the dead-letter queue', async () => {
  await using it = stage(() => {
    throw new Error('no luck')
  })
  await it.start([functionF()], { retryDelay: 5 })
  const moved = new Promise<void>(resolve => it.queues.onMessage('dead', resolve))
  it.queues.send('jobs', 'poison')
  const calls = await it.calls.first(2)
  expect(calls[1]?.event.Records[0]?.['attributes']).toMatchObject({ ApproximateReceiveCount: '2' })
  await moved
  expect(it.queues.receive('dead', 10).map(message => message.body)).toEqual(['poison'])
  expect(it.calls.items).toHaveLength(2)
})

it('leaves a failed batch hidden for the visibility timeout unless told otherwise', async () => {
  await using it = stage(() => Promise.reject(new Error('no luck')))
  await it.start()
  it.queues.send('jobs', 'a')
  await it.reports.first(1)
  expect(counts(it.queues, 'jobs')).toEqual({ ...EMPTY, inFlight: 1 })
})

it('brings back only what the function reports as failed', async () => {
  await using it = stage(({ event }, number) => ({
    batchItemFailures: number > 1 ? [] : [{ itemIdentifier: event.Records[1]?.['messageId'] }],
  }))
  for (const body of ['a', 'b', 'c']) it.queues.send('jobs', body)
  await it.start([functionF({ events: [{ ...JOBS, reportBatchItemFailures: true }] })], { retryDelay: 5 })
  expect((await it.calls.first(2)).map(bodiesOf)).toEqual([['a', 'b', 'c'], ['b']])
  const [first, second] = await it.reports.first(2)
  expect([first?.failedItems, first?.error, second?.failedItems]).toEqual([1, undefined, undefined])
  expect(counts(it.queues, 'jobs')).toEqual(EMPTY)
})

it('takes a malformed answer as the failure of the whole batch', async () => {
  await using it = stage(() => ({ batchItemFailures: [{ itemIdentifier: '' }] }))
  await it.start([functionF({ events: [{ ...JOBS, reportBatchItemFailures: true }] })])
  it.queues.send('jobs', 'a')
  const [report] = await it.reports.first(1)
  expect(report).toMatchObject({ failedItems: 1, error: { code: 'E_BATCH_RESPONSE' } })
})

it('does not read the answer of a function that reports no items', async () => {
  await using it = stage(() => ({ batchItemFailures: [{ itemIdentifier: '' }] }))
  await it.start()
  it.queues.send('jobs', 'a')
  await it.reports.first(1)
  expect(counts(it.queues, 'jobs')).toEqual(EMPTY)
})

it('abandons a handler at its timeout and delivers again, whatever the zombie does later', async () => {
  const zombie = Promise.withResolvers<void>()
  await using it = stage((_call, number) => (number === 1 ? zombie.promise : undefined))
  await it.start([functionF({ timeout: 0.02 })], { retryDelay: 5 })
  it.queues.send('jobs', 'a')
  const [first] = await it.reports.first(2)
  expect(first).toMatchObject({ failedItems: 1, error: { code: 'E_FUNCTION_TIMEOUT' } })
  zombie.reject(new Error('too late'))
  await new Promise(setImmediate)
  expect(it.calls.items).toHaveLength(2)
  expect(counts(it.queues, 'jobs')).toEqual(EMPTY)
})

it('goes on where a process died that had received', async () => {
  await using it = stage()
  it.queues.send('jobs', 'a')
  it.queues.receive('jobs', 1)
  await it.start()
  const [call] = await it.calls.first(1)
  expect(call?.event.Records[0]?.['attributes']).toMatchObject({ ApproximateReceiveCount: '2' })
})

it('survives that somebody deletes the queue under it, and works when it is made again', async () => {
  const gate = Promise.withResolvers<void>()
  await using it = stage((_call, number) => (number === 1 ? gate.promise : undefined))
  await it.start()
  it.queues.send('jobs', 'a')
  await it.calls.first(1)
  it.queues.remove('jobs')
  gate.resolve()
  await it.reports.first(1)
  await new Promise(setImmediate)
  it.queues.create({ name: 'jobs', visibilityTimeout: 30 })
  it.queues.send('jobs', 'b')
  expect(bodiesOf((await it.calls.first(2))[1])).toEqual(['b'])
})

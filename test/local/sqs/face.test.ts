import * as sqs from '@aws-sdk/client-sqs'
import { describe, expect, it } from 'vitest'
import { serveQueues } from './local-sqs.ts'

type Served = Awaited<ReturnType<typeof serveQueues>>

/** A served queue "jobs" with its URL. */
async function served(attributes: Record<string, string> = {}, now?: () => number) {
  const it = await serveQueues(now)
  const created = await it.client.send(
    new sqs.CreateQueueCommand({ QueueName: 'jobs', Attributes: attributes }),
  )
  return Object.assign(it, { QueueUrl: created.QueueUrl ?? '' })
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    error => error.name,
  )

const receive = (it: Served & { QueueUrl: string }, options: Partial<sqs.ReceiveMessageRequest> = {}) =>
  it.client
    .send(new sqs.ReceiveMessageCommand({ QueueUrl: it.QueueUrl, MaxNumberOfMessages: 10, ...options }))
    .then(({ Messages = [] }) => Messages)

describe('messages', () => {
  it('go through with body, attributes and checksums the SDK accepts', async () => {
    await using it = await served()
    const MessageAttributes = {
      colour: { DataType: 'String', StringValue: 'grün' },
      bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
      weight: { DataType: 'Number.kg', StringValue: '1.5' },
    }
    const MessageBody = 'hello ü 🐝'
    const sent = await it.client.send(
      new sqs.SendMessageCommand({ QueueUrl: it.QueueUrl, MessageBody, MessageAttributes }),
    )
    const [message] = await receive(it, {
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    })
    expect(message).toMatchObject({ MessageId: sent.MessageId, Body: MessageBody })
    expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes)
    expect(message?.MessageAttributes?.['bytes']?.BinaryValue).toEqual(new Uint8Array([0, 255]))
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SenderId: '000000000000' })
    expect(Object.keys(message?.Attributes ?? {})).toContain('ApproximateFirstReceiveTimestamp')
  })

  it('answers only the attributes that were asked for', async () => {
    await using it = await served({ VisibilityTimeout: '0' })
    const attribute = { DataType: 'String', StringValue: 'x' }
    it.queues.send('jobs', 'body', {
      attributes: { 'order.id': attribute, 'order.size': attribute, other: attribute },
    })
    const names = async (options: Partial<sqs.ReceiveMessageRequest>) => {
      const [message] = await receive(it, { WaitTimeSeconds: 1, ...options })
      return [Object.keys(message?.Attributes ?? {}), Object.keys(message?.MessageAttributes ?? {})]
    }
    expect(await names({})).toEqual([[], []])
    expect(await names({ MessageSystemAttributeNames: ['SentTimestamp'] })).toEqual([['SentTimestamp'], []])
    expect(await names({ MessageAttributeNames: ['order.*'] })).toEqual([[], ['order.id', 'order.size']])
    expect(await names({ MessageAttributeNames: ['other'] })).toEqual([[], ['other']])
  })

  it('are hidden while in flight, come back, and are gone once deleted', async () => {
    let now = Date.now()
    await using it = await served({ VisibilityTimeout: '30' }, () => now)
    it.queues.send('jobs', 'body')
    const [first] = await receive(it)
    expect(await receive(it)).toEqual([])
    now += 30_000
    const [second] = await receive(it, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] })
    expect(second?.Attributes).toEqual({ ApproximateReceiveCount: '2' })
    const { QueueUrl } = it
    await it.client.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }))
    expect(it.queues.nextVisibleAt('jobs')).toBe(now + 30_000)
    await it.client.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }))
    expect(it.queues.nextVisibleAt('jobs')).toBeUndefined()
  })

  it("wait for their own delay or the queue's", async () => {
    let now = Date.now()
    await using it = await served({ DelaySeconds: '10' }, () => now)
    const { QueueUrl } = it
    await it.client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'own', DelaySeconds: 5 }))
    await it.client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'queue' }))
    const arrivals: string[][] = []
    for (let second = 0; second <= 10; second += 5, now += 5000) {
      arrivals.push((await receive(it)).map(message => message.Body ?? ''))
    }
    expect(arrivals).toEqual([[], ['own'], ['queue']])
  })

  it('change their visibility, while they are in flight', async () => {
    const now = Date.now()
    await using it = await served({}, () => now)
    it.queues.send('jobs', 'body')
    const [message] = await receive(it)
    const change = (VisibilityTimeout: number) =>
      it.client.send(
        new sqs.ChangeMessageVisibilityCommand({
          QueueUrl: it.QueueUrl,
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout,
        }),
      )
    await change(100)
    expect(it.queues.nextVisibleAt('jobs')).toBe(now + 100_000)
    await change(0)
    expect(await refusal(change(5))).toBe('MessageNotInflight')
    await receive(it)
    expect(await refusal(change(5))).toBe('InvalidParameterValue')
  })
})

describe('a long poll', () => {
  it('is answered by the message it waited for', async () => {
    await using it = await served()
    const waiting = receive(it, { WaitTimeSeconds: 20 })
    expect(await receive(it)).toEqual([])
    it.queues.send('jobs', 'awaited')
    expect((await waiting).map(message => message.Body)).toEqual(['awaited'])
  })

  it('is answered when a delayed message becomes visible', async () => {
    await using it = await served()
    it.queues.send('jobs', 'delayed', { delay: 0.05 })
    expect((await receive(it, { WaitTimeSeconds: 20 })).map(message => message.Body)).toEqual(['delayed'])
  })

  it('takes nothing for a client that has gone', async () => {
    await using it = await served()
    const abort = new AbortController()
    const command = new sqs.ReceiveMessageCommand({ QueueUrl: it.QueueUrl, WaitTimeSeconds: 20 })
    const waiting = refusal(it.client.send(command, { abortSignal: abort.signal }))
    await receive(it)
    abort.abort()
    expect(await waiting).toBe('AbortError')
    const other = receive(it, { WaitTimeSeconds: 20 })
    await receive(it)
    it.queues.send('jobs', 'for the living')
    expect((await other).map(message => message.Body)).toEqual(['for the living'])
  })
})

describe('a batch', () => {
  it('sends, hides and deletes, each entry by itself', async () => {
    await using it = await served()
    const { QueueUrl, client } = it
    const sent = await client.send(
      new sqs.SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'good' },
          { Id: 'late', MessageBody: 'late', DelaySeconds: 901 },
          { Id: 'odd', MessageBody: '\u0000' },
        ],
      }),
    )
    expect(sent.Successful?.map(entry => entry.Id)).toEqual(['good'])
    expect(sent.Failed?.map(entry => [entry.Id, entry.Code, entry.SenderFault])).toEqual([
      ['late', 'InvalidParameterValue', true],
      ['odd', 'InvalidMessageContents', true],
    ])
    const [message] = await receive(it)
    const Entries = [
      { Id: '1', ReceiptHandle: message?.ReceiptHandle },
      { Id: '2', ReceiptHandle: 'nonsense' },
    ]
    const hidden = await client.send(
      new sqs.ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: Entries.map(entry => ({ ...entry, VisibilityTimeout: 60 })),
      }),
    )
    const deleted = await client.send(new sqs.DeleteMessageBatchCommand({ QueueUrl, Entries }))
    for (const answer of [hidden, deleted]) {
      expect(answer.Successful?.map(entry => entry.Id)).toEqual(['1'])
      expect(answer.Failed?.map(entry => [entry.Id, entry.Code])).toEqual([['2', 'ReceiptHandleIsInvalid']])
    }
    expect(it.queues.nextVisibleAt('jobs')).toBeUndefined()
  })

  const entry = (Id: string, size = 1) => ({ Id, MessageBody: 'x'.repeat(size) })
  it.each([
    ['EmptyBatchRequest', []],
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, index) => entry(`e${index}`))],
    ['BatchEntryIdsNotDistinct', [entry('a'), entry('a')]],
    ['InvalidBatchEntryId', [entry('a b')]],
    ['BatchRequestTooLong', [entry('a', 600_000), entry('b', 600_000)]],
  ])('is refused as a whole with %s', async (name, Entries) => {
    await using it = await served()
    const { QueueUrl } = it
    expect(await refusal(it.client.send(new sqs.SendMessageBatchCommand({ QueueUrl, Entries })))).toBe(name)
  })
})

describe('a message is refused', () => {
  const send = async (it: Served & { QueueUrl: string }, input: Partial<sqs.SendMessageRequest>) =>
    refusal(it.client.send(new sqs.SendMessageCommand({ QueueUrl: it.QueueUrl, MessageBody: 'x', ...input })))
  const attribute = (value: sqs.MessageAttributeValue) => ({ MessageAttributes: { name: value } })
  it.each<[string, Partial<sqs.SendMessageRequest>, string]>([
    ['without a body', { MessageBody: '' }, 'MissingParameter'],
    ['over 1 MiB', { MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    ['with characters XML does not know', { MessageBody: 'a\u0001b' }, 'InvalidMessageContents'],
    ['delayed for over 15 minutes', { DelaySeconds: 901 }, 'InvalidParameterValue'],
    ['with an attribute without value', attribute({ DataType: 'String' }), 'InvalidParameterValue'],
    ['with an unknown data type', attribute({ DataType: 'Date', StringValue: 'x' }), 'InvalidParameterValue'],
    [
      'with a number that is none',
      attribute({ DataType: 'Number', StringValue: 'x' }),
      'InvalidParameterValue',
    ],
    [
      'with an attribute named like one of AWS',
      { MessageAttributes: { 'AWS.x': { DataType: 'String', StringValue: 'x' } } },
      'InvalidParameterValue',
    ],
  ])('%s', async (_title, input, name) => {
    await using it = await served()
    expect(await send(it, input)).toBe(name)
  })

  it('never at exactly 1 MiB', async () => {
    await using it = await served()
    expect(await send(it, { MessageBody: 'x'.repeat(1_048_576) })).toBe('accepted')
  })
})

describe('queues', () => {
  it('are made once, listed by prefix and page, found by name, and deleted', async () => {
    await using it = await served({ VisibilityTimeout: '5' })
    const { client } = it
    const create = (QueueName: string, Attributes: Record<string, string> = {}) =>
      client.send(new sqs.CreateQueueCommand({ QueueName, Attributes }))
    expect((await create('jobs', { VisibilityTimeout: '5' })).QueueUrl).toBe(it.QueueUrl)
    expect(await refusal(create('jobs', { VisibilityTimeout: '6' }))).toBe('QueueNameExists')
    await create('job-events')
    await create('other')
    const list = (input: sqs.ListQueuesRequest) => client.send(new sqs.ListQueuesCommand(input))
    const first = await list({ QueueNamePrefix: 'job', MaxResults: 1 })
    const second = await list({ QueueNamePrefix: 'job', MaxResults: 1, NextToken: first.NextToken })
    const base = 'http://127.0.0.1:4566/000000000000'
    expect([first.QueueUrls, second.QueueUrls]).toEqual([[`${base}/job-events`], [`${base}/jobs`]])
    await client.send(new sqs.DeleteQueueCommand({ QueueUrl: it.QueueUrl }))
    expect(await refusal(client.send(new sqs.GetQueueUrlCommand({ QueueName: 'jobs' })))).toBe(
      'QueueDoesNotExist',
    )
    expect((await list({})).QueueUrls).toEqual([`${base}/job-events`, `${base}/other`])
  })

  it('tell their settings and how many messages they hold', async () => {
    await using it = await served()
    await it.client.send(new sqs.CreateQueueCommand({ QueueName: 'dead' }))
    const policy = { deadLetterTargetArn: it.queues.arn('dead'), maxReceiveCount: 3 }
    const { QueueUrl, client } = it
    const RedrivePolicy = JSON.stringify(policy)
    await client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }))
    for (const delay of [0, 0, 100]) it.queues.send('jobs', 'x', { delay })
    it.queues.receive('jobs', 1)
    const { Attributes } = await client.send(
      new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    )
    expect(Attributes).toEqual({
      QueueArn: 'arn:aws:sqs:eu-west-1:000000000000:jobs',
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      VisibilityTimeout: '30',
      DelaySeconds: '0',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      MaximumMessageSize: '1048576',
      RedrivePolicy,
    })
    await client.send(new sqs.PurgeQueueCommand({ QueueUrl }))
    expect(it.queues.queue('jobs').counts(Date.now())).toEqual({ visible: 0, inFlight: 0, delayed: 0 })
  })

  it.each<[string, Record<string, string>, string]>([
    ['an unknown attribute', { Colour: 'red' }, 'InvalidAttributeName'],
    ['a timeout over 12 hours', { VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    ['a retention under a minute', { MessageRetentionPeriod: '59' }, 'InvalidAttributeValue'],
    ['a policy that is not JSON', { RedrivePolicy: '{' }, 'InvalidAttributeValue'],
    ['a policy without a queue', { RedrivePolicy: '{"maxReceiveCount":1}' }, 'InvalidAttributeValue'],
    ['a policy that counts to nothing', { RedrivePolicy: '{"maxReceiveCount":0}' }, 'InvalidAttributeValue'],
  ])('are refused with %s', async (_title, Attributes, name) => {
    await using it = await serveQueues()
    const created = it.client.send(new sqs.CreateQueueCommand({ QueueName: 'odd', Attributes }))
    expect(await refusal(created)).toBe(name)
  })

  it.each(['jobs.fifo', 'a b', 'x'.repeat(81)])('are refused by the name %s', async QueueName => {
    await using it = await serveQueues()
    expect(await refusal(it.client.send(new sqs.CreateQueueCommand({ QueueName })))).toBe(
      'InvalidParameterValue',
    )
  })
})

describe("the query protocol's error names", () => {
  it.each<[string, (client: sqs.SQSClient, url: string) => Promise<unknown>, string, string]>([
    [
      'a queue that does not exist',
      (client, url) => client.send(new sqs.ReceiveMessageCommand({ QueueUrl: `${url}x` })),
      'QueueDoesNotExist',
      'AWS.SimpleQueueService.NonExistentQueue',
    ],
    [
      'a queue of another account',
      (client, url) =>
        client.send(new sqs.ReceiveMessageCommand({ QueueUrl: url.replace('000000000000', '111111111111') })),
      'QueueDoesNotExist',
      'AWS.SimpleQueueService.NonExistentQueue',
    ],
    [
      'a receipt handle that is none',
      (client, url) => client.send(new sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'x' })),
      'ReceiptHandleIsInvalid',
      'ReceiptHandleIsInvalid',
    ],
    [
      'eleven messages at once',
      (client, url) => client.send(new sqs.ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 11 })),
      'InvalidParameterValue',
      'InvalidParameterValue',
    ],
  ])('travel with %s', async (_title, act, name, queryCode) => {
    await using it = await served()
    await expect(act(it.client, it.QueueUrl)).rejects.toMatchObject({ name, Error: { Code: queryCode } })
  })
})

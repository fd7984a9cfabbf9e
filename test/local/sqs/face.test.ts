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

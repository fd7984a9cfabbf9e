import * as sqs from '@aws-sdk/client-sqs'
import { describe, expect, it } from 'vitest'
import { serveQueues } from './local-sqs.ts'

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

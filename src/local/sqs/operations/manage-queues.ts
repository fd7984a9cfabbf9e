import { isDeepStrictEqual } from 'node:util'
import type { JsonInput } from '../../wire/json-target.ts'
import { completeDefinition } from '../queue-definition.ts'
import type { QueueCommands } from '../queues.ts'
import { invalidParameter, queueDoesNotExist, queueNameExists } from '../sqs-error.ts'
import { optionalInteger, optionalText, queueOfUrl, record, text } from './input.ts'
import { changedDefinition, settings } from './settings.ts'

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export function createQueue(queues: QueueCommands, input: JsonInput) {
  const name = checkedName(text(input, 'QueueName'))
  const attributes = record(input, 'Attributes')
  if (queues.names().includes(name)) refuseOtherAttributes(queues, name, attributes)
  else
    queues.create(changedDefinition(queues, completeDefinition({ name, visibilityTimeout: 30 }), attributes))
  return { QueueUrl: queues.url(name) }
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
export function deleteQueue(queues: QueueCommands, input: JsonInput): void {
  queues.remove(queueOfUrl(queues, input).definition.name)
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
export function purgeQueue(queues: QueueCommands, input: JsonInput): void {
  queues.purge(queueOfUrl(queues, input).definition.name)
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html */
export function getQueueUrl(queues: QueueCommands, input: JsonInput) {
  const name = text(input, 'QueueName')
  const owner = optionalText(input, 'QueueOwnerAWSAccountId') ?? queues.identity.account
  if (owner !== queues.identity.account) throw queueDoesNotExist(name)
  return { QueueUrl: queues.url(queues.queue(name).definition.name) }
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
export function listQueues(queues: QueueCommands, input: JsonInput) {
  const prefix = optionalText(input, 'QueueNamePrefix') ?? ''
  const after = optionalText(input, 'NextToken') ?? ''
  const max = optionalInteger(input, 'MaxResults', [1, 1000])
  const names = queues.names().filter(name => name.startsWith(prefix) && name > after)
  const page = names.slice(0, max ?? 1000)
  const last = page.at(-1)
  return {
    ...(page.length > 0 && { QueueUrls: page.map(name => queues.url(name)) }),
    ...(max !== undefined && page.length < names.length && last !== undefined && { NextToken: last }),
  }
}

function checkedName(name: string): string {
  if (name.endsWith('.fifo')) {
    throw invalidParameter('QueueName', name, 'Local mode has standard queues only, no FIFO queues.')
  }
  if (!/^[\w-]{1,80}$/.test(name)) {
    throw invalidParameter(
      'QueueName',
      name,
      'Can only include 1 to 80 letters, digits, hyphens and underscores.',
    )
  }
  return name
}

function refuseOtherAttributes(
  queues: QueueCommands,
  name: string,
  attributes: Readonly<Record<string, unknown>>,
): void {
  const { definition } = queues.queue(name)
  const present = settings(queues, definition)
  const other = Object.entries(attributes).find(([attribute, value]) => {
    const changed = changedDefinition(queues, definition, { [attribute]: value })
    return !isDeepStrictEqual(settings(queues, changed), present)
  })
  if (other !== undefined) throw queueNameExists(name, other[0])
}

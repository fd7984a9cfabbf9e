import { AwsError } from '../../wire/aws-error.ts'
import type { JsonInput } from '../../wire/json-target.ts'
import { md5OfAttributes, md5OfBody } from '../message-attributes.ts'
import type { QueueCommands } from '../queues.ts'
import { actOnEach, batchEntries } from './batch.ts'
import { queueOfUrl } from './input.ts'
import { messageInput } from './message-input.ts'

const BATCH_LIMIT = 1_048_576

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function sendMessageOperation(queues: QueueCommands, input: JsonInput) {
  return send(queues, queueOfUrl(queues, input).definition.name, input)
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
export function sendMessageBatch(queues: QueueCommands, input: JsonInput) {
  const { name } = queueOfUrl(queues, input).definition
  const size = batchEntries(input).reduce((sum, entry) => sum + bodySize(entry), 0)
  if (size > BATCH_LIMIT) {
    throw new AwsError(
      'BatchRequestTooLong',
      `The messages of the batch have ${size} bytes together, over ${BATCH_LIMIT}. Send fewer at once.`,
      { queryCode: 'AWS.SimpleQueueService.BatchRequestTooLong' },
    )
  }
  return actOnEach(input, entry => send(queues, name, entry))
}

function send(queues: QueueCommands, queue: string, input: JsonInput) {
  const { body, ...options } = messageInput(input)
  return {
    MessageId: queues.send(queue, body, options),
    MD5OfMessageBody: md5OfBody(body),
    ...(Object.keys(options.attributes).length > 0 && {
      MD5OfMessageAttributes: md5OfAttributes(options.attributes),
    }),
  }
}

function bodySize(entry: JsonInput): number {
  const body = entry['MessageBody']
  return typeof body === 'string' ? Buffer.byteLength(body) : 0
}

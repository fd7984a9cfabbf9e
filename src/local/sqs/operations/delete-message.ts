import type { JsonInput } from '../../wire/json-target.ts'
import type { QueueCommands } from '../queues.ts'
import { actOnEach } from './batch.ts'
import { queueOfUrl, text } from './input.ts'

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
export function deleteMessageOperation(queues: QueueCommands, input: JsonInput) {
  queues.delete(queueOfUrl(queues, input).definition.name, text(input, 'ReceiptHandle'))
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html */
export function deleteMessageBatch(queues: QueueCommands, input: JsonInput) {
  const { name } = queueOfUrl(queues, input).definition
  return actOnEach(input, entry => {
    queues.delete(name, text(entry, 'ReceiptHandle'))
    return {}
  })
}

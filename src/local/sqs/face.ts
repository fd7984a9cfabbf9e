import type { Face, Now } from '../wire/face.ts'
import { type JsonOperation, jsonFace } from '../wire/json-target.ts'
import { changeMessageVisibility, changeMessageVisibilityBatch } from './operations/change-visibility.ts'
import { deleteMessageBatch, deleteMessageOperation } from './operations/delete-message.ts'
import { createQueue, deleteQueue, getQueueUrl, listQueues, purgeQueue } from './operations/manage-queues.ts'
import { getQueueAttributes, setQueueAttributes } from './operations/queue-attributes.ts'
import { receiveMessage } from './operations/receive-message.ts'
import { sendMessageBatch, sendMessageOperation } from './operations/send-message.ts'
import type { QueueCommands } from './queues.ts'

/**
 * SQS over the wire, AWS JSON 1.0. What a request changed is on disk before it is answered.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html
 */
export function createSqsFace(queues: QueueCommands, now: Now, flush: () => void): Face {
  const operations: Record<string, JsonOperation> = {
    SendMessage: input => sendMessageOperation(queues, input),
    SendMessageBatch: input => sendMessageBatch(queues, input),
    ReceiveMessage: (input, call) => receiveMessage(queues, input, now, call.signal),
    DeleteMessage: input => deleteMessageOperation(queues, input),
    DeleteMessageBatch: input => deleteMessageBatch(queues, input),
    ChangeMessageVisibility: input => changeMessageVisibility(queues, input),
    ChangeMessageVisibilityBatch: input => changeMessageVisibilityBatch(queues, input),
    CreateQueue: input => createQueue(queues, input),
    DeleteQueue: input => deleteQueue(queues, input),
    GetQueueUrl: input => getQueueUrl(queues, input),
    ListQueues: input => listQueues(queues, input),
    PurgeQueue: input => purgeQueue(queues, input),
    GetQueueAttributes: input => getQueueAttributes(queues, input, now()),
    SetQueueAttributes: input => setQueueAttributes(queues, input),
  }
  return jsonFace(
    'AmazonSQS',
    mapValues(operations, operation => flushed(operation, flush)),
  )
}

function flushed(operation: JsonOperation, flush: () => void): JsonOperation {
  return async (input, call) => {
    const output = await operation(input, call)
    flush()
    return output
  }
}

function mapValues(
  operations: Record<string, JsonOperation>,
  change: (operation: JsonOperation) => JsonOperation,
): Record<string, JsonOperation> {
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, change(operation)]))
}

import { assertNever } from '../../../core/errors.ts'
import type { JsonInput } from '../../wire/json-target.ts'
import type { QueueCommands } from '../queues.ts'
import { invalidParameter, messageNotInflight, missingParameter } from '../sqs-error.ts'
import { actOnEach } from './batch.ts'
import { optionalInteger, queueOfUrl, text } from './input.ts'

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export function changeMessageVisibility(queues: QueueCommands, input: JsonInput): void {
  change(queues, queueOfUrl(queues, input).definition.name, input)
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html */
export function changeMessageVisibilityBatch(queues: QueueCommands, input: JsonInput) {
  const { name } = queueOfUrl(queues, input).definition
  return actOnEach(input, entry => {
    change(queues, name, entry)
    return {}
  })
}

function change(queues: QueueCommands, queue: string, input: JsonInput): void {
  const handle = text(input, 'ReceiptHandle')
  const seconds = optionalInteger(input, 'VisibilityTimeout', [0, 43_200])
  if (seconds === undefined) throw missingParameter('VisibilityTimeout')
  const outcome = queues.changeVisibility(queue, handle, seconds)
  switch (outcome) {
    case 'changed':
      return
    case 'gone':
      throw invalidParameter(
        'ReceiptHandle',
        handle,
        'Message does not exist or is not available for visibility timeout change.',
      )
    case 'visible':
      throw messageNotInflight(handle)
    default:
      assertNever(outcome)
  }
}

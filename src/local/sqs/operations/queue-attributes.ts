import type { JsonInput } from '../../wire/json-target.ts'
import type { Queue } from '../queue.ts'
import type { QueueCommands } from '../queues.ts'
import { invalidAttributeName } from '../sqs-error.ts'
import { queueOfUrl, record, texts } from './input.ts'
import { changedDefinition, SETTABLE, settings } from './settings.ts'

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
]

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export function getQueueAttributes(queues: QueueCommands, input: JsonInput, now: number) {
  const asked = texts(input, 'AttributeNames')
  const queue = queueOfUrl(queues, input)
  const known = [...SETTABLE, ...COUNTS, 'QueueArn', 'All']
  const unknown = asked.find(name => !known.includes(name))
  if (unknown !== undefined) throw invalidAttributeName(unknown)
  const attributes = Object.entries(attributesOf(queues, queue, now))
  return {
    Attributes: Object.fromEntries(
      attributes.filter(([name]) => asked.includes('All') || asked.includes(name)),
    ),
  }
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export function setQueueAttributes(queues: QueueCommands, input: JsonInput): void {
  const { definition } = queueOfUrl(queues, input)
  queues.create(changedDefinition(queues, definition, record(input, 'Attributes')))
}

function attributesOf(queues: QueueCommands, queue: Queue, now: number): Readonly<Record<string, string>> {
  const { visible, inFlight, delayed } = queue.counts(now)
  return {
    QueueArn: queues.arn(queue.definition.name),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ...settings(queues, queue.definition),
  }
}

import type { Now } from '../../wire/face.ts'
import type { JsonInput } from '../../wire/json-target.ts'
import type { ReceivedMessage } from '../message.ts'
import { md5OfAttributes } from '../message-attributes.ts'
import type { QueueCommands } from '../queues.ts'
import { nextWake } from '../wait.ts'
import { optionalInteger, queueOfUrl, texts } from './input.ts'

/**
 * Answers at once while there are messages, else waits for the first one as long as asked. A client that has gone
 * is handed nothing: its messages would be hidden for nobody.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export async function receiveMessage(queues: QueueCommands, input: JsonInput, now: Now, gone: AbortSignal) {
  const { definition } = queueOfUrl(queues, input)
  const max = optionalInteger(input, 'MaxNumberOfMessages', [1, 10]) ?? 1
  const wait = optionalInteger(input, 'WaitTimeSeconds', [0, 20]) ?? definition.receiveWait
  const visibilityTimeout = optionalInteger(input, 'VisibilityTimeout', [0, 43_200])
  const options = visibilityTimeout === undefined ? {} : { visibilityTimeout }
  const deadline = now() + wait * 1000
  let messages: readonly ReceivedMessage[] = []
  while (!gone.aborted) {
    messages = queues.receive(definition.name, max, options)
    if (messages.length > 0 || now() >= deadline) break
    await nextWake(queues, definition.name, now, deadline, gone)
  }
  return messages.length === 0 ? {} : { Messages: messages.map(message => answered(message, input)) }
}

function answered(message: ReceivedMessage, input: JsonInput) {
  const asked = [...texts(input, 'MessageSystemAttributeNames'), ...texts(input, 'AttributeNames')]
  const system = chosen(message.attributes, name => asked.includes('All') || asked.includes(name))
  const patterns = texts(input, 'MessageAttributeNames')
  const attributes = chosen(message.messageAttributes, name => patterns.some(it => matches(it, name)))
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: message.md5OfBody,
    ...(system !== undefined && { Attributes: system }),
    ...(attributes !== undefined && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: md5OfAttributes(attributes),
    }),
  }
}

function chosen<Value>(
  attributes: Readonly<Record<string, Value>>,
  isAsked: (name: string) => boolean,
): Readonly<Record<string, Value>> | undefined {
  const entries = Object.entries(attributes).filter(([name]) => isAsked(name))
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** `All` and `.*` ask for every attribute, `order.*` for those that begin with `order`. */
function matches(pattern: string, name: string): boolean {
  if (pattern === 'All') return true
  return pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -2)) : name === pattern
}

import type { Message } from './message.ts'
import type { MessageAttributes } from './message-attributes.ts'
import type { ArrivingMessage } from './queue.ts'
import type { CompleteQueueDefinition } from './queue-definition.ts'

/** What can happen to queues, as the journal keeps it. Tuples, because there are many. Times are milliseconds. */
export type QueueEntry =
  | readonly ['queue', definition: CompleteQueueDefinition]
  | readonly ['unqueue', queue: string]
  | readonly ['put', queue: string, message: StoredMessage]
  | readonly ['take', queue: string, messageId: string, at: number, visibleAt: number]
  | readonly ['show', queue: string, messageId: string, visibleAt: number]
  | readonly ['drop', queue: string, messageId: string]
  | readonly ['move', queue: string, messageId: string, to: string, at: number]
  | readonly ['purge', queue: string]

type StoredMessage = readonly [
  messageId: string,
  sentAt: number,
  visibleAt: number,
  body: string,
  attributes?: MessageAttributes | null,
  past?: Past | null,
]
type Past = readonly [
  receiveCount: number,
  receivedBefore: number,
  firstReceivedAt: number | null,
  deadLetterSource: string | null,
]

/** The shortest form: a fresh message without attributes is four values. */
export function storedMessage(message: Message | ArrivingMessage): StoredMessage {
  const { messageId, sentAt, visibleAt, body, attributes } = message
  const attributed = Object.keys(attributes).length > 0
  if (message.receiveCount > 0) {
    return [messageId, sentAt, visibleAt, body, attributed ? attributes : null, pastOf(message)]
  }
  return attributed ? [messageId, sentAt, visibleAt, body, attributes] : [messageId, sentAt, visibleAt, body]
}

function pastOf(message: Message | ArrivingMessage): Past {
  return [
    message.receiveCount,
    message.receivedBefore,
    message.firstReceivedAt ?? null,
    message.deadLetterSource ?? null,
  ]
}

export function arrivingMessage(stored: StoredMessage): ArrivingMessage {
  const [messageId, sentAt, visibleAt, body, attributes, past] = stored
  const [receiveCount, receivedBefore, firstReceivedAt, deadLetterSource] = past ?? [0, 0, null, null]
  return {
    messageId,
    sentAt,
    visibleAt,
    body,
    attributes: attributes ?? {},
    receiveCount,
    receivedBefore,
    firstReceivedAt: firstReceivedAt ?? undefined,
    deadLetterSource: deadLetterSource ?? undefined,
  }
}

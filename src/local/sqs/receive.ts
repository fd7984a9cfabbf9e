import { type Ledger, queueOf } from './ledger.ts'
import { type Message, type ReceivedMessage, received } from './message.ts'
import type { Queue } from './queue.ts'

export interface Receive {
  readonly max: number
  /** Seconds the messages stay hidden. @default the queue's */
  readonly visibilityTimeout?: number
  readonly senderId: string
}

/**
 * Takes at most `max` visible messages and hides them. On the way it drops what is too old and moves to the
 * dead-letter queue what would be received once too often.
 */
export function receiveMessages(
  ledger: Ledger,
  name: string,
  receive: Receive,
  now: number,
): readonly ReceivedMessage[] {
  const queue = queueOf(ledger, name)
  const hidden = hiddenFor(receive.visibilityTimeout ?? queue.definition.visibilityTimeout)
  const messages: ReceivedMessage[] = []
  while (messages.length < receive.max) {
    const message = queue.nextVisible(now)
    if (message === undefined) break
    if (setAside(ledger, queue, message, now)) continue
    ledger.commit(['take', name, message.messageId, now, now + hidden])
    messages.push(received(name, message, receive.senderId))
  }
  return messages
}

/** A millisecond at least: with a timeout of 0 one receive would take the same message again and again. */
function hiddenFor(seconds: number): number {
  return Math.max(1, seconds * 1000)
}

function setAside(ledger: Ledger, queue: Queue, message: Message, now: number): boolean {
  const { name } = queue.definition
  if (queue.isExpired(message, now)) {
    ledger.commit(['drop', name, message.messageId])
    return true
  }
  const deadLetterQueue = deadLetterQueueFor(ledger, queue, message)
  if (deadLetterQueue === undefined) return false
  ledger.commit(['move', name, message.messageId, deadLetterQueue, now])
  return true
}

/** Undefined also where the dead-letter queue is gone: the message then stays, as on AWS. */
function deadLetterQueueFor(ledger: Ledger, queue: Queue, message: Message): string | undefined {
  const name = queue.definition.redrive?.deadLetterQueue
  return name !== undefined && queue.isExhausted(message) && ledger.store.get(name) ? name : undefined
}

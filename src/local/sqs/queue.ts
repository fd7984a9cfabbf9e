import { Heap } from './heap.ts'
import type { Message } from './message.ts'
import type { CompleteQueueDefinition } from './queue-definition.ts'
import { type Receipt, readReceiptHandle } from './receipt-handle.ts'

/** A message on its way into a queue. */
export type ArrivingMessage = Omit<Message, 'place' | 'sequence'>

/** How many messages are waiting, received and not yet deleted, and not yet due. */
export interface QueueCounts {
  readonly visible: number
  readonly inFlight: number
  readonly delayed: number
}

/** One standard queue's messages, by when they can be received next. Deterministic: time is an argument. */
export class Queue {
  definition: CompleteQueueDefinition
  readonly #messages = new Map<string, Message>()
  readonly #byVisibility = new Heap<Message>(sooner)
  #arrived = 0

  constructor(definition: CompleteQueueDefinition) {
    this.definition = definition
  }

  add(arriving: ArrivingMessage): void {
    this.#arrived += 1
    const message: Message = { ...arriving, sequence: this.#arrived, place: -1 }
    this.#messages.set(message.messageId, message)
    this.#byVisibility.add(message)
  }

  remove(messageId: string): Message | undefined {
    const message = this.#messages.get(messageId)
    if (message === undefined) return undefined
    this.#messages.delete(messageId)
    this.#byVisibility.remove(message)
    return message
  }

  markReceived(messageId: string, at: number, visibleAt: number): void {
    const message = this.#messages.get(messageId)
    if (message === undefined) return
    message.receiveCount += 1
    message.firstReceivedAt ??= at
    this.show(messageId, visibleAt)
  }

  /** Sets when the message can be received next. */
  show(messageId: string, visibleAt: number): void {
    const message = this.#messages.get(messageId)
    if (message === undefined) return
    message.visibleAt = visibleAt
    this.#byVisibility.moved(message)
  }

  /** The message whose turn it is, or undefined while none is visible. */
  nextVisible(now: number): Message | undefined {
    const first = this.#byVisibility.first()
    return first !== undefined && first.visibleAt <= now ? first : undefined
  }

  /** When the next message becomes visible; in the past where one already is. */
  nextVisibleAt(): number | undefined {
    return this.#byVisibility.first()?.visibleAt
  }

  /** The message a receipt handle still speaks for: neither deleted nor received again since. */
  messageOf(receipt: Receipt): Message | undefined {
    const message = this.#messages.get(receipt.messageId)
    return message?.receiveCount === receipt.receiveCount ? message : undefined
  }

  /** Reads a handle of this queue; undefined where it is not one. */
  readHandle(handle: string): Receipt | undefined {
    const receipt = readReceiptHandle(handle)
    return receipt?.queue === this.definition.name ? receipt : undefined
  }

  isExpired(message: Message, now: number): boolean {
    return message.sentAt + this.definition.retention * 1000 <= now
  }

  /** Whether one more receive would be one too many. */
  isExhausted(message: Message): boolean {
    const { redrive } = this.definition
    return redrive !== undefined && receivesHere(message) >= redrive.maxReceiveCount
  }

  isInFlight(message: Message, now: number): boolean {
    return message.visibleAt > now && receivesHere(message) > 0
  }

  /** All messages, oldest arrival first. */
  messages(): IterableIterator<Message> {
    return this.#messages.values()
  }

  counts(now: number): QueueCounts {
    const counts = { visible: 0, inFlight: 0, delayed: 0 }
    for (const message of this.messages()) {
      if (!this.isExpired(message, now)) counts[this.#standing(message, now)] += 1
    }
    return counts
  }

  #standing(message: Message, now: number): keyof QueueCounts {
    if (message.visibleAt <= now) return 'visible'
    return receivesHere(message) > 0 ? 'inFlight' : 'delayed'
  }
}

function receivesHere(message: Message): number {
  return message.receiveCount - message.receivedBefore
}

function sooner(left: Message, right: Message): boolean {
  return left.visibleAt === right.visibleAt
    ? left.sequence < right.sequence
    : left.visibleAt < right.visibleAt
}

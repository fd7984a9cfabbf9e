import { assertNever } from '../../core/errors.ts'
import { Queue } from './queue.ts'
import type { CompleteQueueDefinition } from './queue-definition.ts'
import { arrivingMessage, type QueueEntry, storedMessage } from './queue-entry.ts'

/** All queues, as the journal's entries make them. Applying the same entries gives the same queues. */
export class QueueStore {
  readonly #queues = new Map<string, Queue>()
  readonly #arnOf: (name: string) => string

  constructor(arnOf: (name: string) => string) {
    this.#arnOf = arnOf
  }

  get(name: string): Queue | undefined {
    return this.#queues.get(name)
  }

  names(): readonly string[] {
    return [...this.#queues.keys()].sort()
  }

  apply(entry: QueueEntry): void {
    switch (entry[0]) {
      case 'queue':
        this.#define(entry[1])
        break
      case 'unqueue':
        this.#queues.delete(entry[1])
        break
      case 'put':
        this.get(entry[1])?.add(arrivingMessage(entry[2]))
        break
      case 'take':
        this.get(entry[1])?.markReceived(entry[2], entry[3], entry[4])
        break
      case 'show':
        this.get(entry[1])?.show(entry[2], entry[3])
        break
      case 'drop':
        this.get(entry[1])?.remove(entry[2])
        break
      case 'move':
        this.#move(entry)
        break
      case 'purge':
        this.#purge(entry[1])
        break
      default:
        assertNever(entry)
    }
  }

  /** The shortest entries that make the present queues again. */
  *snapshot(): Generator<QueueEntry> {
    for (const queue of this.#queues.values()) yield ['queue', queue.definition]
    for (const [name, queue] of this.#queues) {
      for (const message of queue.messages()) yield ['put', name, storedMessage(message)]
    }
  }

  #define(definition: CompleteQueueDefinition): void {
    const queue = this.#queues.get(definition.name)
    if (queue === undefined) this.#queues.set(definition.name, new Queue(definition))
    else queue.definition = definition
  }

  #move([, from, messageId, to, at]: Extract<QueueEntry, readonly ['move', ...unknown[]]>): void {
    const message = this.#queues.get(from)?.remove(messageId)
    if (message === undefined) return
    const receivedBefore = message.receiveCount
    this.#queues
      .get(to)
      ?.add({ ...message, visibleAt: at, receivedBefore, deadLetterSource: this.#arnOf(from) })
  }

  #purge(name: string): void {
    const queue = this.#queues.get(name)
    if (queue !== undefined) this.#queues.set(name, new Queue(queue.definition))
  }
}

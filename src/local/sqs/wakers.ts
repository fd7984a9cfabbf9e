import type { QueueEntry } from './queue-entry.ts'

/** Those who wait for messages, by queue. */
export class Wakers {
  readonly #byQueue = new Map<string, Set<() => void>>()

  /** Adds a listener; returns what takes it away. */
  add(queue: string, listener: () => void): () => void {
    const listeners = this.#byQueue.get(queue) ?? new Set()
    this.#byQueue.set(queue, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  /** Wakes whom the entry may have given something to receive. */
  wake(entry: QueueEntry): void {
    const queue = queueGaining(entry)
    if (queue === undefined) return
    for (const listener of [...(this.#byQueue.get(queue) ?? [])]) listener()
  }
}

function queueGaining(entry: QueueEntry): string | undefined {
  switch (entry[0]) {
    case 'put':
    case 'show':
      return entry[1]
    case 'move':
      return entry[3]
    default:
      return undefined
  }
}

import type { Queue } from './queue.ts'
import type { QueueEntry } from './queue-entry.ts'
import type { QueueStore } from './queue-store.ts'
import { queueDoesNotExist } from './sqs-error.ts'

/** The queues and the one way to change them. */
export interface Ledger {
  readonly store: QueueStore
  /** Applies the entry and keeps it. */
  commit(entry: QueueEntry): void
}

/** @throws AwsError QueueDoesNotExist */
export function queueOf(ledger: Ledger, name: string): Queue {
  const queue = ledger.store.get(name)
  if (queue === undefined) throw queueDoesNotExist(name)
  return queue
}

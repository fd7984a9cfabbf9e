import { type Ledger, queueOf } from './ledger.ts'
import type { Queue } from './queue.ts'
import type { Receipt } from './receipt-handle.ts'
import { receiptHandleIsInvalid } from './sqs-error.ts'

/**
 * What became of a change of visibility: `gone` where the message was deleted or received again since the handle was
 * given, `visible` where its timeout has passed.
 */
export type VisibilityChange = 'changed' | 'gone' | 'visible'

/**
 * Deletes the message for good. A handle older than the latest receive deletes nothing, as on AWS.
 * @throws AwsError ReceiptHandleIsInvalid for a handle of another queue or none at all
 */
export function deleteMessage(ledger: Ledger, name: string, handle: string): void {
  const queue = queueOf(ledger, name)
  const message = queue.messageOf(receiptOf(queue, handle))
  if (message !== undefined) ledger.commit(['drop', name, message.messageId])
}

/**
 * Hides a received message until `visibleAt` (milliseconds since the epoch) instead.
 * @throws AwsError ReceiptHandleIsInvalid for a handle of another queue or none at all
 */
export function changeVisibility(
  ledger: Ledger,
  name: string,
  handle: string,
  visibleAt: number,
  now: number,
): VisibilityChange {
  const queue = queueOf(ledger, name)
  const message = queue.messageOf(receiptOf(queue, handle))
  if (message === undefined) return 'gone'
  if (!queue.isInFlight(message, now)) return 'visible'
  ledger.commit(['show', name, message.messageId, visibleAt])
  return 'changed'
}

/** Makes every received message visible now. */
export function releaseInFlight(ledger: Ledger, name: string, now: number): void {
  const queue = queueOf(ledger, name)
  for (const message of queue.messages()) {
    if (queue.isInFlight(message, now)) ledger.commit(['show', name, message.messageId, now])
  }
}

function receiptOf(queue: Queue, handle: string): Receipt {
  const receipt = queue.readHandle(handle)
  if (receipt === undefined) throw receiptHandleIsInvalid(handle)
  return receipt
}

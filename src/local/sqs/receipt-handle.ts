/**
 * What a receipt handle says. It is a function of the message and its receive count, both of which the journal
 * keeps: a handle from before a restart is still good.
 */
export interface Receipt {
  readonly queue: string
  readonly messageId: string
  readonly receiveCount: number
}

/** The opaque text a receiver hands back. */
export function receiptHandle(receipt: Receipt): string {
  const text = `${receipt.queue} ${receipt.messageId} ${receipt.receiveCount}`
  return Buffer.from(text).toString('base64url')
}

/** Reads a handle back; undefined where it is none of ours. */
export function readReceiptHandle(handle: string): Receipt | undefined {
  const text = Buffer.from(handle, 'base64url').toString()
  const found = /^(?<queue>[\w.-]+) (?<messageId>[\w-]+) (?<receiveCount>[1-9]\d*)$/.exec(text)?.groups
  if (found?.queue === undefined || found.messageId === undefined) return undefined
  return { queue: found.queue, messageId: found.messageId, receiveCount: Number(found.receiveCount) }
}

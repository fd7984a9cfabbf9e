import { type Ledger, queueOf } from './ledger.ts'
import { attributesSize, type MessageAttributes } from './message-attributes.ts'
import { storedMessage } from './queue-entry.ts'
import { invalidParameter } from './sqs-error.ts'

/** A message to be sent; the sender chooses its id. */
export interface OutgoingMessage {
  readonly messageId: string
  readonly body: string
  readonly attributes?: MessageAttributes
  /** Seconds the message stays hidden. @default the queue's */
  readonly delay?: number
}

/** Puts a message into the queue. @throws AwsError where there is no such queue or the message is over its limit. */
export function sendMessage(ledger: Ledger, queue: string, message: OutgoingMessage, now: number): void {
  const { definition } = queueOf(ledger, queue)
  const { messageId, body, attributes = {}, delay = definition.delay } = message
  const size = Buffer.byteLength(body) + attributesSize(attributes)
  if (size > definition.maximumMessageSize) throw tooLong(size, definition.maximumMessageSize)
  const arriving = {
    messageId,
    body,
    attributes,
    sentAt: now,
    visibleAt: now + delay * 1000,
    receiveCount: 0,
    receivedBefore: 0,
    firstReceivedAt: undefined,
    deadLetterSource: undefined,
  }
  ledger.commit(['put', queue, storedMessage(arriving)])
}

function tooLong(size: number, limit: number) {
  return invalidParameter(
    'MessageBody',
    `(${size} bytes)`,
    `Message must be shorter than ${limit} bytes with its attributes. Store the content and send its address.`,
  )
}

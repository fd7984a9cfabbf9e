import type { Heaped } from './heap.ts'
import { type MessageAttributes, md5OfAttributes, md5OfBody } from './message-attributes.ts'
import { receiptHandle } from './receipt-handle.ts'

/** A message as a queue holds it. Times are milliseconds since the epoch. */
export interface Message extends Heaped {
  readonly messageId: string
  readonly body: string
  readonly attributes: MessageAttributes
  readonly sentAt: number
  /** Order of arrival in its queue; breaks ties of `visibleAt`. */
  readonly sequence: number
  /** Receives in the queues it was in before; they do not count for this queue's redrive policy. */
  readonly receivedBefore: number
  /** ARN of the queue that gave it up, in a dead-letter queue. */
  readonly deadLetterSource: string | undefined
  visibleAt: number
  /** Receives in all queues. */
  receiveCount: number
  firstReceivedAt: number | undefined
}

/** A message as a receiver gets it. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Message.html */
export interface ReceivedMessage {
  readonly messageId: string
  /** Deletes or changes this message, until it is received again. */
  readonly receiptHandle: string
  readonly body: string
  readonly md5OfBody: string
  readonly attributes: SystemAttributes
  readonly messageAttributes: MessageAttributes
  /** Absent where there are no attributes. */
  readonly md5OfMessageAttributes?: string
}

/** Numbers and times (milliseconds since the epoch) as text, as SQS sends them. */
export type SystemAttributes = {
  readonly SenderId: string
  readonly SentTimestamp: string
  readonly ApproximateReceiveCount: string
  readonly ApproximateFirstReceiveTimestamp: string
  readonly DeadLetterQueueSourceArn?: string
}

export function received(queue: string, message: Message, senderId: string): ReceivedMessage {
  return {
    messageId: message.messageId,
    receiptHandle: receiptHandle({ queue, messageId: message.messageId, receiveCount: message.receiveCount }),
    body: message.body,
    md5OfBody: md5OfBody(message.body),
    attributes: systemAttributes(message, senderId),
    messageAttributes: message.attributes,
    ...(Object.keys(message.attributes).length > 0 && {
      md5OfMessageAttributes: md5OfAttributes(message.attributes),
    }),
  }
}

function systemAttributes(message: Message, senderId: string): SystemAttributes {
  return {
    SenderId: senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.deadLetterSource !== undefined && { DeadLetterQueueSourceArn: message.deadLetterSource }),
  }
}

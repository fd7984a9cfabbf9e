import { createHash, type Hash } from 'node:crypto'

/** A message attribute as the wire carries it; binary values are base64. */
export interface MessageAttribute {
  readonly DataType: string
  readonly StringValue?: string
  readonly BinaryValue?: string
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>

/** MD5 of a message body, as SQS answers it and every SDK checks it. */
export function md5OfBody(body: string): string {
  return createHash('md5').update(body).digest('hex')
}

/**
 * MD5 of message attributes: names in order, each name, type and value with its length in four bytes before it.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: MessageAttributes): string {
  const hash = createHash('md5')
  for (const [name, attribute] of Object.entries(attributes).sort(byName)) {
    addSized(hash, Buffer.from(name))
    addSized(hash, Buffer.from(attribute.DataType))
    const binary = attribute.BinaryValue !== undefined
    hash.update(Buffer.of(binary ? 2 : 1))
    addSized(hash, valueBytes(attribute))
  }
  return hash.digest('hex')
}

/** Bytes that count against the size limit: names, types and values. */
export function attributesSize(attributes: MessageAttributes): number {
  return Object.entries(attributes)
    .map(([name, it]) => Buffer.byteLength(name) + Buffer.byteLength(it.DataType) + valueBytes(it).length)
    .reduce((sum, size) => sum + size, 0)
}

function valueBytes(attribute: MessageAttribute): Buffer {
  return attribute.BinaryValue === undefined
    ? Buffer.from(attribute.StringValue ?? '')
    : Buffer.from(attribute.BinaryValue, 'base64')
}

function addSized(hash: Hash, bytes: Buffer): void {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(bytes.length)
  hash.update(size).update(bytes)
}

function byName([left]: [string, MessageAttribute], [right]: [string, MessageAttribute]): number {
  return left < right ? -1 : 1
}

/** How a queue behaves. All times are whole seconds. */
export interface QueueDefinition {
  readonly name: string
  /** How long a received message stays hidden, 0..43,200. */
  readonly visibilityTimeout: number
  /**
   * How long a new message stays hidden, 0..900.
   * @default 0
   */
  readonly delay?: number
  /**
   * How long a message is kept, 60..1,209,600, counted from when it was first sent, dead-letter queue included.
   * @default 345600 (four days)
   */
  readonly retention?: number
  /**
   * How long a receive waits for a first message unless it says so itself, 0..20.
   * @default 0
   */
  readonly receiveWait?: number
  /**
   * The largest message, body and attributes together, in bytes.
   * @default 1048576
   */
  readonly maximumMessageSize?: number
  readonly redrive?: RedrivePolicy | undefined
}

/** A message received this often and still not deleted moves on to the dead-letter queue. */
export interface RedrivePolicy {
  readonly maxReceiveCount: number
  /** Name of the queue, in the same account and region. */
  readonly deadLetterQueue: string
}

/** A definition with everything said. */
export type CompleteQueueDefinition = Required<Omit<QueueDefinition, 'redrive'>> &
  Pick<QueueDefinition, 'redrive'>

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export function completeDefinition(definition: QueueDefinition): CompleteQueueDefinition {
  return {
    name: definition.name,
    visibilityTimeout: definition.visibilityTimeout,
    delay: definition.delay ?? 0,
    retention: definition.retention ?? 345_600,
    receiveWait: definition.receiveWait ?? 0,
    maximumMessageSize: definition.maximumMessageSize ?? 1_048_576,
    redrive: definition.redrive,
  }
}

import { randomUUID } from 'node:crypto'
import type { Journal } from '../journal.ts'
import type { Face, Identity, Now } from '../wire/face.ts'
import { createSqsFace } from './face.ts'
import { changeVisibility, deleteMessage, releaseInFlight, type VisibilityChange } from './in-flight.ts'
import { type Ledger, queueOf } from './ledger.ts'
import type { ReceivedMessage } from './message.ts'
import type { Queue } from './queue.ts'
import { completeDefinition, type QueueDefinition } from './queue-definition.ts'
import type { QueueEntry } from './queue-entry.ts'
import { QueueStore } from './queue-store.ts'
import { type Receive, receiveMessages } from './receive.ts'
import { type OutgoingMessage, sendMessage } from './send.ts'
import { Wakers } from './wakers.ts'

export interface QueuesOptions {
  readonly journal: Journal
  readonly identity: Identity
  readonly now: Now
  /** Where this AWS listens, without a slash at its end: queue URLs begin with it. */
  readonly endpoint: () => string
}

/**
 * Standard queues: each message is delivered at least once, in about the order it came.
 *
 * A change is made and appended to the journal in the same synchronous turn. Queues are named by name or ARN; every
 * method that needs one throws AwsError QueueDoesNotExist where there is none.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues.html
 */
export interface Queues extends QueueCommands {
  readonly face: Face
}

/** What can be asked of the queues in this process. */
export interface QueueCommands {
  readonly identity: Identity
  /** Makes the queue or gives it new settings; its messages stay. Call it after `journal.open()`. */
  create(definition: QueueDefinition): void
  /** Removes the queue with its messages. */
  remove(name: string): void
  queue(name: string): Queue
  has(name: string): boolean
  names(): readonly string[]
  arn(name: string): string
  url(name: string): string
  /** Sends a message and returns its id. @throws AwsError InvalidParameterValueException over the size limit */
  send(queueArnOrName: string, body: string, options?: Omit<OutgoingMessage, 'messageId' | 'body'>): string
  /** At most `max` visible messages; they are hidden from now on until deleted or their visibility timeout passed. */
  receive(name: string, max: number, options?: Omit<Receive, 'max' | 'senderId'>): readonly ReceivedMessage[]
  /** Deletes for good; a handle older than the latest receive deletes nothing. @throws AwsError ReceiptHandleIsInvalid */
  delete(name: string, receiptHandle: string): void
  /** Hides a received message for so many seconds from now, fractions allowed. @throws AwsError ReceiptHandleIsInvalid */
  changeVisibility(name: string, receiptHandle: string, seconds: number): VisibilityChange
  /** Makes all received messages visible now: for whoever knows that their receivers are dead. */
  release(name: string): void
  /** Deletes all messages. */
  purge(name: string): void
  /**
   * Calls the listener, in the same turn, when a message may become visible sooner than `nextVisibleAt` said.
   * Returns what ends it.
   */
  onMessage(name: string, listener: () => void): () => void
  /** When (milliseconds since the epoch) the next message is or was visible; undefined while the queue is empty. */
  nextVisibleAt(name: string): number | undefined
}

/** Opens the queues over the journal; call it before `journal.open()`, which brings the messages back. */
export function createQueues(options: QueuesOptions): Queues {
  const { journal, identity, now } = options
  const wakers = new Wakers()
  const store = new QueueStore(name => arnOf(identity, name))
  const queues = commandsOn(journalledLedger(journal, store, wakers), wakers, options)
  return { ...queues, face: createSqsFace(queues, now, () => journal.flush()) }
}

function journalledLedger(journal: Journal, store: QueueStore, wakers: Wakers): Ledger {
  const append = journal.topic<QueueEntry>('sqs', {
    restore: entry => store.apply(entry),
    snapshot: () => store.snapshot(),
  })
  return {
    store,
    commit(entry) {
      store.apply(entry)
      append(entry)
      wakers.wake(entry)
    },
  }
}

function commandsOn(ledger: Ledger, wakers: Wakers, options: QueuesOptions): QueueCommands {
  const { identity, now, endpoint } = options
  const nameOf = (queue: string) => withoutArn(identity, queue)
  const queue = (name: string) => queueOf(ledger, nameOf(name))
  return {
    identity,
    arn: name => arnOf(identity, name),
    queue,
    has: name => ledger.store.get(nameOf(name)) !== undefined,
    names: () => ledger.store.names(),
    url: name => `${endpoint()}/${identity.account}/${name}`,
    create: definition => ledger.commit(['queue', completeDefinition(definition)]),
    remove: name => ledger.commit(['unqueue', queue(name).definition.name]),
    purge: name => ledger.commit(['purge', queue(name).definition.name]),
    send(name, body, sendOptions) {
      const messageId = randomUUID()
      sendMessage(ledger, nameOf(name), { ...sendOptions, messageId, body }, now())
      return messageId
    },
    receive: (name, max, receiveOptions) =>
      receiveMessages(ledger, nameOf(name), { ...receiveOptions, max, senderId: identity.account }, now()),
    delete: (name, handle) => deleteMessage(ledger, nameOf(name), handle),
    changeVisibility: (name, handle, seconds) =>
      changeVisibility(ledger, nameOf(name), handle, now() + seconds * 1000, now()),
    release: name => releaseInFlight(ledger, nameOf(name), now()),
    onMessage: (name, listener) => wakers.add(nameOf(name), listener),
    nextVisibleAt: name => queue(name).nextVisibleAt(),
  }
}

function arnOf(identity: Identity, name: string): string {
  return `arn:aws:sqs:${identity.region}:${identity.account}:${name}`
}

function withoutArn(identity: Identity, queue: string): string {
  const prefix = arnOf(identity, '')
  return queue.startsWith(prefix) ? queue.slice(prefix.length) : queue
}

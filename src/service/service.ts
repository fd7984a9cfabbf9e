import type { EventOrigin } from '../core/event/event-error.ts'
import type { ProtocolTimes } from '../core/run/decide.ts'
import type { Definition } from '../core/run/definition.ts'
import type {
  AdvanceQueue,
  AlertPort,
  BatchPort,
  Clock,
  EventPort,
  Ids,
  ItemStore,
  JobLogPort,
  LogPort,
  ObjectPort,
  QueuePort,
  RunStore,
  StateMachinePort,
  TaskPort,
} from '../ports.ts'
import type { TokenBucket } from './token-bucket.ts'

/** Everything the service touches, and the values it was configured with. */
export interface Service {
  readonly batch: BatchPort
  readonly stateMachines: StateMachinePort
  readonly tasks: TaskPort
  readonly store: RunStore
  readonly queue: AdvanceQueue
  readonly alerts: AlertPort
  readonly events: EventPort
  readonly objects: ObjectPort
  readonly jobLogs: JobLogPort
  readonly clock: Clock
  readonly ids: Ids
  readonly log: LogPort
  readonly submitRate: TokenBucket
  readonly settings: ServiceSettings
}

/** Starts runs, reading and writing single items; makes no call to AWS Batch. */
export type Starter = Pick<Service, 'queue' | 'clock' | 'log' | 'settings'> & { readonly store: ItemStore }

/** Records facts and asks for `advance`; makes no call to AWS Batch. */
export type Recorder = Starter & Pick<Service, 'store'>

/** A recorder that may also tell a state machine that its request is at fault. */
export type Requester = Recorder & Pick<Service, 'tasks'>

/** A recorder that may also stop jobs for which no record stands. */
export type Stopper = Recorder & {
  readonly batch: Pick<BatchPort, 'terminate' | 'failedChildren'>
  readonly stateMachines: Pick<StateMachinePort, 'stop'>
}

/** A stopper that may also ask AWS Batch and Step Functions what they know, and tell people. It submits nothing. */
export type Watcher = Stopper & {
  readonly batch: Pick<BatchPort, 'describe' | 'list'>
  readonly stateMachines: Pick<StateMachinePort, 'describe'>
  readonly queues: QueuePort
} & Pick<Service, 'alerts'>

export interface ServiceSettings {
  /** First part of every job name; at most 19 characters of `[a-z0-9-]`. */
  readonly stack: string
  readonly stage: string
  /** Name of the table that the store writes. */
  readonly table: string
  /** Of the AWS account; absent in local mode. */
  readonly region?: string
  /** Where events must come from; anywhere, if it is not known. */
  readonly origin?: EventOrigin
  readonly times: ProtocolTimes
  /** The workflows as deployed now; runs that started earlier keep their own definition. */
  readonly definitions: readonly Definition[]
}

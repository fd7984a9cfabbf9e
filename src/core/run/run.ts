import type { Collection } from '../collect/collection.ts'
import type { ParameterValue } from '../workflow/parameter-values.ts'
import type { TaskTokens } from './task-token.ts'

/** The life of a run. COLLECTING gathers its objects. QUEUED waits for a place of its workflow's limit. Final are SUCCEEDED, FAILED and CANCELLED; only `retry` leaves a final status, with a new epoch. */
export type RunStatus =
  | 'COLLECTING'
  | 'QUEUED'
  | 'RUNNING'
  | 'CANCELLING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'

/** A run as it is stored; small, for it is read on every event. Times are milliseconds since the epoch. */
export interface Run {
  readonly runId: string
  readonly workflow: string
  readonly status: RunStatus
  /** 1, and one more with each retry. Every decision is made for one epoch. */
  readonly epoch: number
  /** Hash of the immutable definition that this run follows, whatever is deployed meanwhile; only a retry may change it. */
  readonly definition: string
  readonly trigger: TriggerFacts
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly createdAt: number
  readonly finishedAt?: number
  /** When the sweep looks at this run, multiples of 30 s; absent when nothing is owed. */
  readonly dueAt?: number
  /** One alert per epoch that failed. */
  readonly alerts: Readonly<Record<string, Alert>>
  /** Jobs that run again in this epoch though they succeeded in an earlier one. */
  readonly again?: readonly string[]
  /** Failed items run again in this epoch also where `tolerate` passed over them. */
  readonly failedItems?: boolean
  /** Of tasks that wait for the run's end; each is forgotten when it was told. */
  readonly taskTokens?: TaskTokens
  /** The last epoch whose end was announced on the bus. */
  readonly announced?: number
  /** How many runs stand before it, each started by the one before; absent for none. */
  readonly depth?: number
  /** Of a run for a set of objects. */
  readonly collect?: Collection
  /** The limit it stands under. */
  readonly slot?: Slot
  /** The limit's key while the run is QUEUED: the index of who waits. */
  readonly waitingFor?: string
  /** The epoch in which it took a place that it has not given back. */
  readonly holdsSlot?: number
  /** No further `advance` is asked for before this time. */
  readonly advanceAt?: number
  /** DynamoDB's TTL, in seconds; only on finished runs. */
  readonly expiresAt?: number
}

/** A limit of runs at once. */
export interface Slot {
  readonly key: string
  readonly limit: number
}

/** What `${trigger.NAME}` gives, as recorded when the run was started. */
export interface TriggerFacts {
  readonly type: 'object' | 'schedule' | 'event' | 'after' | 'manual'
  readonly values: Readonly<Record<string, string>>
  /** Of an event, what the workflow looks up of its detail. */
  readonly detail?: Readonly<Record<string, unknown>>
}

export interface Alert {
  readonly state: 'pending' | 'sent'
  /** Whoever publishes holds it until then. */
  readonly until?: number
}

/** True for a status that only a retry leaves. */
export function isFinalRun(status: RunStatus): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED' || status === 'CANCELLED'
}

const DUE_STEP = 30_000

/** A due time, rounded up so that the index of due runs has few keys. */
export function dueTime(at: number): number {
  return Math.ceil(at / DUE_STEP) * DUE_STEP
}

import type { QueueCommands } from '../sqs/queues.ts'
import type { Now } from '../wire/face.ts'
import type { Outcome } from './invoke.ts'

/** An invocation that has ended. */
export interface InvocationReport {
  readonly functionName: string
  readonly awsRequestId: string
  readonly durationMs: number
  /** Present where the invocation failed, its answer was malformed, or it could not take place. */
  readonly error?: unknown
  /** How many messages of its batch failed and come back. */
  readonly failedItems?: number
  /** True where an event is given up: no further try follows. */
  readonly gaveUp?: true
}

/** What everything that invokes functions shares. */
export interface HostContext {
  readonly queues: QueueCommands
  readonly now: Now
  /** Aborts when the host stops. */
  readonly stopping: AbortSignal
  readonly report: (report: InvocationReport) => void
}

/** The part of a report that every invocation has. */
export function reportOf(functionName: string, outcome: Outcome): InvocationReport {
  const { awsRequestId, durationMs } = outcome
  const error = outcome.status === 'failed' ? { error: outcome.error } : {}
  return { functionName, awsRequestId, durationMs, ...error }
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED'

/** Times in milliseconds. */
export interface ExecutionRecord {
  readonly executionArn: string
  readonly stateMachineArn: string
  readonly name: string
  readonly status: ExecutionStatus
  readonly startDate: number
  readonly stopDate?: number
  /** JSON texts. */
  readonly input: string
  readonly output?: string
  readonly error?: string
  readonly cause?: string
}

/** How an execution ends. */
export type ExecutionEnd = Pick<ExecutionRecord, 'status' | 'output' | 'error' | 'cause'>

/** What the library threw, in the words of Step Functions. */
export function endOf(thrown: unknown): ExecutionEnd {
  if (!(thrown instanceof Error)) return { status: 'FAILED', error: 'States.Runtime', cause: String(thrown) }
  if (thrown.name === 'ExecutionTimeoutError') return { status: 'TIMED_OUT', error: 'States.Timeout' }
  const inner = thrown.name === 'ExecutionError' && thrown.cause instanceof Error ? thrown.cause : thrown
  return { status: 'FAILED', error: inner.name, cause: inner.message }
}

import type { JobChange } from '../run/job-change.ts'
import type { BatchStatus } from '../run/job-record.ts'
import { numberIn, textIn } from './event-error.ts'

export const EXECUTION_CHANGE = 'Step Functions Execution Status Change'

/** Statuses of an execution that are not left, but by a redrive. */
export const ENDED_EXECUTION = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const

const STATUS: Readonly<Record<string, BatchStatus>> = {
  RUNNING: 'RUNNING',
  PENDING_REDRIVE: 'RUNNING',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  TIMED_OUT: 'FAILED',
  ABORTED: 'FAILED',
}

/** What stands before the execution's own error. */
const ENDED_BY: Readonly<Record<string, string>> = {
  TIMED_OUT: 'timed out',
  ABORTED: 'was stopped',
}

/** As much of an error as a job's record keeps. */
const MOST_REASON = 200

/**
 * Reads an execution as events and DescribeExecution show it, in the words of a job: undefined for a status that is not
 * known.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function executionChangeOf(execution: Readonly<Record<string, unknown>>): JobChange | undefined {
  const jobId = textIn(execution['executionArn'])
  const jobName = textIn(execution['name'])
  const told = textIn(execution['status']) ?? ''
  const status = STATUS[told]
  if (jobId === undefined || jobName === undefined || status === undefined) return undefined
  const startedAt = timeIn(execution['startDate'])
  const stoppedAt = timeIn(execution['stopDate'])
  const statusReason = status === 'FAILED' ? reasonOf(told, execution) : undefined
  return {
    ...{ jobName, jobId, status, attempts: status === 'RUNNING' ? 0 : 1 },
    ...(startedAt !== undefined && { startedAt }),
    ...(stoppedAt !== undefined && { stoppedAt }),
    ...(statusReason !== undefined && { statusReason }),
  }
}

function reasonOf(status: string, execution: Readonly<Record<string, unknown>>): string {
  const said = [textIn(execution['error']), textIn(execution['cause'])].filter(text => text !== undefined)
  const words = [...(ENDED_BY[status] === undefined ? [] : [ENDED_BY[status]]), ...said]
  return (words.length === 0 ? 'Step Functions gave no reason' : words.join(': ')).slice(0, MOST_REASON)
}

/** Milliseconds in an event, a Date from the SDK. */
function timeIn(value: unknown): number | undefined {
  return value instanceof Date ? value.getTime() : numberIn(value)
}

import { wasReclaimed } from '../run/explain-end.ts'
import type { JobChange } from '../run/job-change.ts'
import type { BatchStatus } from '../run/job-record.ts'
import { type EventOrigin, numberIn, objectIn, readEvent, textIn } from './event-error.ts'
import { EXECUTION_CHANGE, executionChangeOf } from './execution-change.ts'

const STATUSES: ReadonlySet<string> = new Set<BatchStatus>([
  'SUBMITTED',
  'PENDING',
  'RUNNABLE',
  'STARTING',
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
])

export const JOB_STATE_CHANGE = 'Batch Job State Change'

/**
 * Reads Batch's `Job State Change` event, or that of an execution of Step Functions. Undefined for what is a hint of
 * nothing: an array's child or a node (its parent tells), a job without id, a status that is not known.
 *
 * @throws BatchwiseError E_EVENT
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch_cwe_events.html
 */
export function parseJobStateChange(body: string, origin?: EventOrigin): JobChange | undefined {
  const { type, detail } = readEvent(body, [JOB_STATE_CHANGE, EXECUTION_CHANGE], origin)
  return type === JOB_STATE_CHANGE ? jobChangeOf(detail) : executionChangeOf(detail)
}

/** Reads a job as events and DescribeJobs show it. */
export function jobChangeOf(job: Readonly<Record<string, unknown>>): JobChange | undefined {
  const jobId = textIn(job['jobId'])
  const jobName = textIn(job['jobName'])
  const status = textIn(job['status'])
  if (jobId === undefined || jobName === undefined || status === undefined || !isStatus(status))
    return undefined
  if (/[:#]/.test(jobId) || objectIn(job['arrayProperties'])?.['index'] !== undefined) return undefined
  const attempts = Array.isArray(job['attempts']) ? job['attempts'] : []
  const container = objectIn(objectIn(attempts.at(-1))?.['container']) ?? objectIn(job['container'])
  return {
    jobName,
    jobId,
    status,
    attempts: attempts.length,
    ...given('size', numberIn(objectIn(job['arrayProperties'])?.['size'])),
    ...given('startedAt', numberIn(job['startedAt'])),
    ...given('stoppedAt', numberIn(job['stoppedAt'])),
    ...given('reclaimed', reclaimedOf(attempts)),
    ...given('statusReason', textIn(job['statusReason'])?.slice(0, 200)),
    ...given('reason', textIn(container?.['reason'])?.slice(0, 200)),
    ...given('exitCode', numberIn(container?.['exitCode'])),
    ...given('logStream', textIn(container?.['logStreamName'])),
  }
}

function reclaimedOf(attempts: readonly unknown[]): number | undefined {
  const lost = attempts.map(attempt => {
    const { statusReason, startedAt, stoppedAt } = objectIn(attempt) ?? {}
    if (!wasReclaimed(textIn(statusReason))) return 0
    return Math.max(0, (numberIn(stoppedAt) ?? 0) - (numberIn(startedAt) ?? Number.POSITIVE_INFINITY))
  })
  return lost.reduce((sum, time) => sum + time, 0) || undefined
}

function isStatus(status: string): status is BatchStatus {
  return STATUSES.has(status)
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [name in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [name in Name]: Value })
}

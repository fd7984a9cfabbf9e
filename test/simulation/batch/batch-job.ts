import { jobChangeOf } from '../../../src/core/event/job-state-change.ts'
import type { JobChange } from '../../../src/core/run/job-change.ts'
import type { BatchStatus } from '../../../src/core/run/job-record.ts'

/** A job as Batch keeps it: a plain job, an array, or one child of an array. */
export interface BatchJob {
  readonly number: number
  readonly jobId: string
  readonly jobName: string
  readonly queue: string
  readonly createdAt: number
  readonly dependsOn: readonly BatchDependency[]
  readonly isSequential: boolean
  readonly maxAttempts: number
  /** Of an array: its children, once they exist. */
  readonly size: number | undefined
  children: readonly BatchJob[]
  readonly parent: BatchJob | undefined
  readonly index: number | undefined
  status: BatchStatus
  /** Reasons and exit codes of ended attempts. */
  attempts: number
  startedAt: number | undefined
  stoppedAt: number | undefined
  statusReason: string | undefined
  exitCode: number | undefined
  /** The reason of an accepted TerminateJob. */
  terminated: string | undefined
  hasVanished: boolean
  /** It has begun its work. */
  hasRun: boolean
  /** As it was before its last change, and when that was: DescribeJobs may be behind. */
  changedAt: number
  before: BatchJob | undefined
  readonly waiters: Set<BatchJob>
}

export interface BatchDependency {
  readonly job: BatchJob
  readonly type: 'N_TO_N' | undefined
}

/** The `detail` of the job's events, and its entry in DescribeJobs. */
export type Detail = Readonly<Record<string, unknown>>

export function detailOf(job: BatchJob): Detail {
  const { jobId, jobName, status, statusReason, startedAt, stoppedAt, exitCode, size, index } = job
  return {
    jobId,
    jobName,
    status,
    attempts: Array.from({ length: job.attempts }, () => ({ container: { exitCode } })),
    ...(statusReason !== undefined && { statusReason }),
    ...(startedAt !== undefined && { startedAt }),
    ...(stoppedAt !== undefined && { stoppedAt }),
    ...(index !== undefined && { arrayProperties: { index } }),
    ...(size !== undefined && { arrayProperties: { size } }),
  }
}

export function eventOf(job: BatchJob): string {
  return JSON.stringify({
    source: 'aws.batch',
    'detail-type': 'Batch Job State Change',
    detail: detailOf(job),
  })
}

/** As the adapter reads an entry of DescribeJobs. */
export function changeOf(detail: Detail): JobChange | undefined {
  return jobChangeOf(detail)
}

export function hasEnded({ status }: BatchJob): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED'
}

/** Ended, or never to be heard of again. */
export function isGone(job: BatchJob): boolean {
  return job.hasVanished || hasEnded(job)
}

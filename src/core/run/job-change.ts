import { wasReclaimed } from './explain-end.ts'
import type { FailedChildren } from './failed-children.ts'
import type { BatchStatus } from './job-record.ts'

/** What Batch says of a job, by event or by DescribeJobs. Times in milliseconds. */
export interface JobChange {
  readonly jobName: string
  readonly jobId: string
  readonly status: BatchStatus
  /** Ended attempts. */
  readonly attempts: number
  readonly startedAt?: number
  readonly stoppedAt?: number
  /** Why the job is in its status, in Batch's words. */
  readonly statusReason?: string
  /** What the container's host said, for example `OutOfMemoryError: ...`. */
  readonly reason?: string
  readonly exitCode?: number
  readonly logStream?: string
  /** Children of an array. */
  readonly size?: number
  /** Milliseconds of its ended attempts whose machine was taken away; absent for none. */
  readonly reclaimed?: number
  /** Of an array that failed. */
  readonly failedChildren?: FailedChildren
}

/** Batch's reason for a job that it failed because one of its dependencies failed. */
export const DEPENDENCY_FAILED = 'Dependent Job failed'

/** True when Batch failed the job without running it, for a failed dependency. */
export function failedForDependency(change: JobChange): boolean {
  return change.status === 'FAILED' && change.statusReason === DEPENDENCY_FAILED
}

/** True when Batch gave the job up because its last attempt lost its machine. */
export function failedForReclaim(change: JobChange): boolean {
  return change.status === 'FAILED' && wasReclaimed(change.statusReason)
}

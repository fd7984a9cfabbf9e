import type { FailedChildren } from './failed-children.ts'
import type { Part } from './part.ts'

/** What is stored of a job. What follows from other jobs (SKIPPED, "runs again") is computed, never stored. */
export type JobState = 'WAITING' | 'CLAIMED' | 'SUBMITTED' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'LOST'

/** One job of a run, under 1 KB. A job without a record is WAITING, submission 1. Times in milliseconds. */
export interface JobRecord {
  readonly runId: string
  readonly job: string
  readonly state: JobState
  /** 1, 2, ...: the submission that this record tells of. */
  readonly submission: number
  /** The run's epoch in which this submission was claimed. */
  readonly epoch: number
  readonly claim?: Claim
  /** When this submission was first claimed; a take-over keeps it. */
  readonly claimedAt?: number
  /** The queue of the claim: where a lost submission is looked for. */
  readonly queue?: string
  /** SubmitJob was sent and no answer came: the job may exist. */
  readonly ambiguous?: boolean
  /** Not to be submitted before this time. */
  readonly retryAt?: number
  /** Submissions whose fate was unknown and that are looked for again, in case Batch executed them late. */
  readonly relist?: readonly Relist[]
  readonly jobId?: string
  /** Chained by events only: Batch has failed this job once for a dependency that runs again. */
  readonly eventOnly?: boolean
  /** This submission goes to the job's fallback queue. */
  readonly fallback?: boolean
  /** Milliseconds of this submission's attempts whose machine was taken away, and of the submissions before it. */
  readonly reclaimed?: number
  readonly reclaimedBefore?: number
  /** Size of the array it was submitted as; absent for a plain job. */
  readonly size?: number
  readonly batchStatus?: BatchStatus
  /** Ended attempts, as Batch counts them. */
  readonly attempts?: number
  /** `progressOf(batchStatus, attempts)`: what a later event must exceed. */
  readonly progress?: number
  readonly startedAt?: number
  readonly stoppedAt?: number
  readonly statusReason?: string
  readonly reason?: string
  readonly exitCode?: number
  readonly logStream?: string
  /** Of an array that failed. */
  readonly failedChildren?: FailedChildren
  /** Of an array of items of which this submission has only those that failed before. */
  readonly part?: Part
  /** Batch failed it because a job it depends on failed; it never ran. */
  readonly dependencyFailed?: boolean
  /** Answered DescribeJobs calls in a row that did not know the job, and the first one's time. */
  readonly misses?: number
  readonly missedSince?: number
  /** TerminateJob was last asked for then. */
  readonly terminatedAt?: number
  /** Last heard of. */
  readonly updatedAt: number
  /** DynamoDB's TTL, in seconds. */
  readonly expiresAt: number
}

export interface Claim {
  readonly token: string
  /** The holder sends nothing after this time. */
  readonly until: number
}

export interface Relist {
  readonly submission: number
  readonly queue: string
  readonly at: number
}

/** Machine time that a job has lost to reclaims so far, all submissions together, in milliseconds. */
export function reclaimedTime({ reclaimed = 0, reclaimedBefore = 0 }: JobRecord): number {
  return reclaimed + reclaimedBefore
}

/** The states of a Batch job. @see https://docs.aws.amazon.com/batch/latest/userguide/job_states.html */
export type BatchStatus =
  | 'SUBMITTED'
  | 'PENDING'
  | 'RUNNABLE'
  | 'STARTING'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'

const FINAL: ReadonlySet<JobState> = new Set<JobState>(['SUCCEEDED', 'FAILED', 'CANCELLED', 'LOST'])

/** The states that are never left within an epoch. */
export const FINAL_STATES: readonly JobState[] = [...FINAL]

export function isFinalJob(state: JobState): boolean {
  return FINAL.has(state)
}

const RANK: Readonly<Record<BatchStatus, number>> = {
  SUBMITTED: 0,
  PENDING: 1,
  RUNNABLE: 2,
  STARTING: 3,
  RUNNING: 4,
  SUCCEEDED: 5,
  FAILED: 5,
}

/** Order of a job's progress: a retry goes back to RUNNABLE, but with one more ended attempt. */
export function progressOf(status: BatchStatus, attempts: number): number {
  return attempts * 10 + RANK[status]
}

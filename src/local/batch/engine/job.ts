import type { Submission } from '../submission.ts'
import type { Resources } from './resources.ts'
import type { AttemptEnd, RetryStrategy } from './retry.ts'
import type { JobStatus } from './status.ts'

/** What the engine has to know of a submitted job. An array's children share their parent's. Never changes. */
export interface JobSpec {
  readonly jobId: string
  readonly queue: string
  readonly createdAt: number
  readonly resources: Resources
  readonly retry: RetryStrategy
  /** Seconds from RUNNING, each attempt anew. */
  readonly timeout?: number
  readonly arraySize?: number
  /** On a queue with a fair-share policy. */
  readonly share?: JobShare
  readonly dependsOn: readonly Dependency[]
  /** Why Batch accepts this job and fails it when its turn comes, as it does with overrides that are too long. */
  readonly refusal?: string
  /** What is run and told of it; the engine does not look inside. */
  readonly submission: Submission
}

/** For whom a job is, and how it ranks among the jobs for the same: 0 to 9,999, higher first. */
export interface JobShare {
  readonly identifier: string
  readonly priority: number
}

/** `SEQUENTIAL` without a job id: child i of an array waits for child i - 1. */
export interface Dependency {
  readonly jobId?: string
  readonly type?: 'N_TO_N' | 'SEQUENTIAL'
}

/** An attempt that ended. */
export interface Attempt extends AttemptEnd {
  readonly task: string
  readonly environment: string
  /** Milliseconds since the epoch; absent when it never ran. */
  readonly startedAt?: number
  readonly stoppedAt: number
}

/** Somebody wants this job to end; it is never retried after that. */
export interface Stop {
  readonly kind: 'cancel' | 'terminate' | 'timeout'
  readonly reason: string
}

/** A job at one moment. Replaced as a whole on each transition, so that an effect can hold on to it. */
export interface JobState {
  readonly status: JobStatus
  /** When this status began, milliseconds since the epoch. */
  readonly since: number
  readonly statusReason?: string
  readonly attempts: readonly Attempt[]
  readonly startedAt?: number
  readonly stoppedAt?: number
  /** The attempt under way, or the latest one: the id of its task and the compute environment it is in. */
  readonly task?: string
  readonly environment?: string
  readonly stop?: Stop
  /** Since when it cannot start for the reason its statusReason tells. */
  readonly blockedAt?: number
}

export interface Job {
  readonly spec: JobSpec
  /** Of an array's child. */
  readonly index: number | undefined
  /** Milliseconds since the epoch: of a child, when its parent made it. */
  readonly createdAt: number
  state: JobState
  /** Of an array's parent. */
  readonly array: ArrayProgress | undefined
}

interface ArrayProgress {
  /** Empty until the parent's own dependencies have ended. */
  children: readonly Job[]
  readonly counts: Record<JobStatus, number>
  updatedAt: number
}

const NO_ATTEMPTS: readonly Attempt[] = []

export function createJob(spec: JobSpec): Job {
  const state: JobState = { status: 'SUBMITTED', since: spec.createdAt, attempts: NO_ATTEMPTS }
  const array = spec.arraySize === undefined ? undefined : noProgress(spec.createdAt)
  return { spec, index: undefined, createdAt: spec.createdAt, state, array }
}

/** Makes an array's children, all in one shared state: most of 10,000 of them wait most of the time. */
export function createChildren(spec: JobSpec, now: number): readonly Job[] {
  const state: JobState = { status: 'SUBMITTED', since: now, attempts: NO_ATTEMPTS }
  return Array.from({ length: spec.arraySize ?? 0 }, (_, index) => ({
    spec,
    index,
    createdAt: now,
    state,
    array: undefined,
  }))
}

/** A child's id is its parent's with `:index`. */
export function jobIdOf(job: Job): string {
  return job.index === undefined ? job.spec.jobId : `${job.spec.jobId}:${job.index}`
}

function noProgress(now: number): ArrayProgress {
  const counts = { SUBMITTED: 0, PENDING: 0, RUNNABLE: 0, STARTING: 0, RUNNING: 0, SUCCEEDED: 0, FAILED: 0 }
  return { children: [], counts, updatedAt: now }
}

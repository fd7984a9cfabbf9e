import { type FailedChildren, indexRanges } from '../../../src/core/run/failed-children.ts'
import type { JobChange } from '../../../src/core/run/job-change.ts'
import type { SubmitRequest } from '../../../src/core/run/submission-request.ts'
import type { ListedJob, SubmitOutcome } from '../../../src/ports.ts'
import type { Faults } from '../faults.ts'
import type { Fence } from '../fence/fence.ts'
import type { Profile } from '../profile.ts'
import { chosen } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import { type BatchJob, changeOf, type Detail, detailOf, hasEnded } from './batch-job.ts'
import { createBatchLife } from './batch-life.ts'
import { executionDetail } from './execution.ts'

/** AWS Batch: what was submitted, what became of it, and how late it tells. */
export interface BatchModel {
  submit(request: SubmitRequest): SubmitOutcome
  /** Starts an execution of Step Functions, or finds the one of this ARN. It lives as a job does. */
  execute(jobName: string, stateMachine: string, executionArn: string): SubmitOutcome
  /** DescribeExecution, which may be behind. */
  execution(executionArn: string): Detail | undefined
  describe(jobIds: readonly string[]): readonly JobChange[]
  list(queue: string, jobName: string): readonly ListedJob[]
  failedChildren(jobId: string): FailedChildren
  terminate(jobId: string, reason: string): void
  /** By Batch's own log: all jobs of a name, children left out, oldest first. */
  jobsNamed(jobName: string): readonly BatchJob[]
  job(jobId: string): BatchJob | undefined
  /** False for a job that vanished, or ended too long ago. */
  knows(jobId: string): boolean
  jobs(): readonly BatchJob[]
  alive(): number
  /** Brings in a job as it was somewhere else; one that has not ended begins anew. */
  restore(job: StoredJob): void
}

/** A job of Batch as far as a stored run depends on it. */
export interface StoredJob {
  readonly jobId: string
  readonly jobName: string
  readonly queue: string
  readonly dependsOn: readonly { readonly jobId: string; readonly type?: 'N_TO_N' }[]
  readonly size?: number
  /** How it ended, if it has. */
  readonly end?: {
    readonly status: 'SUCCEEDED' | 'FAILED'
    readonly at: number
    readonly statusReason?: string
  }
}

/** Told of what Batch does. */
export interface BatchWatch {
  submitted(job: BatchJob): void
  /** The request can never be accepted. */
  refused(jobName: string): void
  started(job: BatchJob): void
  changed(job: BatchJob): void
}

/** Name of a job definition that Batch does not know. */
export const UNKNOWN_DEFINITION = 'gone'

/** SubmitJob calls a second. */
export const QUOTA = 50
const LIST_LAG = 3101
const DESCRIBE_LAG = 3102
const VANISH_WITHIN = 60_000

interface World {
  readonly seed: number
  readonly scheduler: Scheduler
  readonly faults: Faults
  readonly profile: Profile
  readonly watch: BatchWatch
  /** What jobs ask before they do their work. @default nothing */
  readonly fence?: Fence | undefined
}

export function createBatchModel({ seed, scheduler, faults, profile, watch, fence }: World): BatchModel {
  const jobs = new Map<string, BatchJob>()
  const byName = new Map<string, BatchJob[]>()
  const recent: number[] = []
  let made = 0
  let submissions = 0
  const life = createBatchLife(seed, scheduler, profile, watch, fence, (parent, index) =>
    newJob(
      { jobName: parent.jobName, jobQueue: parent.queue, maxAttempts: parent.maxAttempts },
      { parent, index },
    ),
  )
  return {
    submit,
    execute,
    execution(executionArn) {
      const job = jobs.get(executionArn)
      const seen = job && asDescribed(job)
      return seen && executionDetail(seen)
    },
    describe: jobIds =>
      jobIds.flatMap(jobId => {
        const job = jobs.get(jobId)
        const seen = job && isKnown(job) ? asDescribed(job) : undefined
        return (seen && changeOf(detailOf(seen))) ?? []
      }),
    list: (queue, jobName) =>
      (byName.get(jobName) ?? [])
        .filter(job => job.queue === queue && isKnown(job))
        .filter(job => scheduler.now() - job.createdAt >= lagOf(LIST_LAG, job, profile.listLag))
        .map(({ jobId, createdAt, size }) => ({ jobId, createdAt, ...(size !== undefined && { size }) })),
    failedChildren(jobId) {
      const children = jobs.get(jobId)?.children ?? []
      const failed = children.filter(({ status }) => status === 'FAILED').map(({ index }) => index ?? 0)
      return { count: failed.length, indexes: indexRanges(failed) }
    },
    terminate(jobId, reason) {
      const job = jobs.get(jobId)
      if (job !== undefined) life.terminate(job, reason)
    },
    jobsNamed: jobName => byName.get(jobName) ?? [],
    job: jobId => jobs.get(jobId),
    knows(jobId) {
      const job = jobs.get(jobId)
      return job !== undefined && isKnown(job)
    },
    jobs: () => [...jobs.values()],
    alive: life.alive,
    restore({ jobId, jobName, queue, dependsOn, size, end }) {
      const job = newJob(
        {
          ...{ jobName, jobQueue: queue, dependsOn, maxAttempts: 1 },
          ...(size !== undefined && { arrayProperties: { size } }),
        },
        { parent: undefined, index: undefined },
        jobId,
      )
      keep(job)
      if (end === undefined) return life.begin(job)
      job.status = end.status
      job.stoppedAt = end.at
      job.statusReason = end.statusReason
    },
  }

  function submit(request: SubmitRequest): SubmitOutcome {
    submissions++
    if (isThrottled()) return { type: 'refused', again: true, reason: 'TooManyRequestsException' }
    const isRefused = faults.happens('refused', submissions, 0, profile.refuse)
    if (isRefused || request.jobDefinition === UNKNOWN_DEFINITION) {
      watch.refused(request.jobName)
      return { type: 'refused', again: false, reason: 'ClientException: JobDefinition does not exist' }
    }
    const job = newJob(
      { ...request, maxAttempts: request.retryStrategy?.attempts ?? 1 },
      { parent: undefined, index: undefined },
    )
    keep(job)
    watch.submitted(job)
    life.begin(job)
    if (faults.happens('job-vanished', job.number, 0, profile.vanish)) {
      scheduler.after(faults.size('job-vanished', job.number, 0) * VANISH_WITHIN, () => life.vanish(job))
    }
    return { type: 'accepted', jobId: job.jobId }
  }

  function execute(jobName: string, stateMachine: string, executionArn: string): SubmitOutcome {
    submissions++
    if (isThrottled()) return { type: 'refused', again: true, reason: 'ThrottlingException' }
    if (jobs.has(executionArn)) return { type: 'accepted', jobId: executionArn }
    const place = { parent: undefined, index: undefined }
    const job = newJob({ jobName, jobQueue: stateMachine, maxAttempts: 1 }, place, executionArn)
    keep(job)
    watch.submitted(job)
    life.begin(job)
    return { type: 'accepted', jobId: executionArn }
  }

  /** As it was a while ago; undefined where it was not there yet. */
  function asDescribed(job: BatchJob): BatchJob | undefined {
    const lag = lagOf(DESCRIBE_LAG, job, profile.describeLag)
    if (scheduler.now() - job.createdAt < lag) return undefined
    const isBehind = job.before !== undefined && scheduler.now() - job.changedAt < lag
    return isBehind ? job.before : job
  }

  function keep(job: BatchJob): void {
    for (const { job: on } of job.dependsOn) on.waiters.add(job)
    jobs.set(job.jobId, job)
    const twins = byName.get(job.jobName)
    if (twins === undefined) byName.set(job.jobName, [job])
    else twins.push(job)
  }

  function newJob(
    request: Pick<SubmitRequest, 'jobName' | 'jobQueue' | 'dependsOn' | 'arrayProperties'> & {
      readonly maxAttempts: number
    },
    { parent, index }: Pick<BatchJob, 'parent' | 'index'>,
    jobId?: string,
  ): BatchJob {
    const number = ++made
    const { dependsOn = [], arrayProperties } = request
    return {
      number,
      jobId: jobId ?? (parent === undefined ? `batch-${number}` : `${parent.jobId}:${index}`),
      jobName: request.jobName,
      queue: request.jobQueue,
      createdAt: scheduler.now(),
      // A job that Batch has forgotten counts as met.
      dependsOn: dependsOn.flatMap(({ jobId, type }) => {
        const on = jobId === undefined ? undefined : jobs.get(jobId)
        return on === undefined ? [] : [{ job: on, type: type === 'N_TO_N' ? type : undefined }]
      }),
      isSequential: dependsOn.some(({ type }) => type === 'SEQUENTIAL'),
      maxAttempts: request.maxAttempts,
      size: arrayProperties?.size,
      children: [],
      parent,
      index,
      status: 'SUBMITTED',
      attempts: 0,
      startedAt: undefined,
      stoppedAt: undefined,
      statusReason: undefined,
      exitCode: undefined,
      terminated: undefined,
      hasVanished: false,
      hasRun: false,
      changedAt: scheduler.now(),
      before: undefined,
      waiters: new Set(),
    }
  }

  function isThrottled(): boolean {
    const now = scheduler.now()
    while (recent.length > 0 && now - (recent[0] ?? now) >= 1000) recent.shift()
    if (recent.length >= QUOTA) return true
    recent.push(now)
    return faults.happens('throttled', submissions, 0, profile.throttle)
  }

  function isKnown(job: BatchJob): boolean {
    if (job.hasVanished) return false
    return !hasEnded(job) || scheduler.now() - (job.stoppedAt ?? 0) < profile.forgetAfter
  }

  function lagOf(kind: number, job: BatchJob, longest: number): number {
    return longest === 0 ? 0 : chosen(seed, kind, job.number, 0) * longest
  }
}

import type { BatchStatus } from '../../../src/core/run/job-record.ts'
import type { Fence } from '../fence/fence.ts'
import type { Profile } from '../profile.ts'
import { chosen, numberOf } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import { type BatchJob, hasEnded, isGone } from './batch-job.ts'

/** Told of what happens to jobs. */
export interface LifeWatch {
  /** The job, or the child of an array, runs now. */
  started(job: BatchJob): void
  changed(job: BatchJob): void
}

export interface BatchLife {
  /** A new job: it waits for its dependencies, then runs. */
  begin(job: BatchJob): void
  terminate(job: BatchJob, reason: string): void
  /** Batch loses the job. Whoever waits for it fails. */
  vanish(job: BatchJob): void
  /** Jobs that have not ended, arrays and children each. */
  alive(): number
}

const WAIT = 3001
const FATE = 3002
const RECLAIM = 3003
const SECOND = 1000
export const RECLAIMED = 'Host EC2 (instance i-0123456789abcdef0) terminated.'
const DEPENDENCY_FAILED = 'Dependent Job failed'

/** How jobs live in Batch: dependencies, attempts, arrays and their children, requests to end. */
export function createBatchLife(
  seed: number,
  scheduler: Scheduler,
  profile: Profile,
  watch: LifeWatch,
  fence: Fence | undefined,
  newChild: (parent: BatchJob, index: number) => BatchJob,
): BatchLife {
  let alive = 0
  return {
    begin(job) {
      alive++
      scheduler.after(waitFor(job, 0, 2 * SECOND), () => look(job))
    },
    terminate(job, reason) {
      if (isGone(job) || job.terminated !== undefined) return
      job.terminated = reason
      for (const child of job.children) this.terminate(child, reason)
      if (job.children.length === 0) scheduler.after(waitFor(job, 90, 20 * SECOND), () => look(job))
    },
    vanish(job) {
      if (isGone(job)) return
      const lost = [job, ...job.children].filter(one => !isGone(one))
      for (const one of lost) one.hasVanished = true
      alive -= lost.length
      for (const one of lost) tellWaiters(one)
    },
    alive: () => alive,
  }

  function waitFor(job: BatchJob, step: number, longest: number): number {
    return 100 + chosen(seed, WAIT, job.number, step) * longest
  }

  /** What stands between the job and its start, or its end, has changed. */
  function look(job: BatchJob): void {
    if (isGone(job)) return
    const dependencies = dependenciesOf(job)
    const isOpen = dependencies.includes('open')
    if (dependencies.includes('failed')) end(job, 'FAILED', DEPENDENCY_FAILED)
    // A job that waits for others falls only when they have ended.
    else if (isOpen) pending(job)
    else if (job.terminated !== undefined && job.children.length === 0) end(job, 'FAILED', job.terminated)
    else if (job.size !== undefined) lookAtArray(job, job.size)
    else if (job.status === 'SUBMITTED' || job.status === 'PENDING') runnable(job)
  }

  function lookAtArray(job: BatchJob, size: number): void {
    pending(job)
    if (job.children.length === 0) {
      job.children = Array.from({ length: size }, (_, index) => newChild(job, index))
      alive += size
      for (const child of job.children) look(child)
      if (!hasEnded(job)) tellWaiters(job)
    }
    if (hasEnded(job) || !job.children.every(hasEnded)) return
    const failed = job.children.some(child => child.status === 'FAILED')
    end(job, failed ? 'FAILED' : 'SUCCEEDED', failed ? 'Array Child Job failed' : undefined)
  }

  function pending(job: BatchJob): void {
    if (job.status === 'SUBMITTED') change(job, 'PENDING')
  }

  function runnable(job: BatchJob): void {
    change(job, 'RUNNABLE')
    const attempt = job.attempts
    const isStill = (status: BatchStatus) => !isGone(job) && job.attempts === attempt && job.status === status
    scheduler.after(waitFor(job, attempt * 4 + 1, 20 * SECOND), () => {
      if (!isStill('RUNNABLE')) return
      change(job, 'STARTING')
      scheduler.after(waitFor(job, attempt * 4 + 2, 10 * SECOND), () => {
        if (!isStill('STARTING')) return
        job.startedAt = scheduler.now()
        change(job, 'RUNNING')
        const code = fence?.(job)
        if (code !== undefined) return ended(job, code)
        job.hasRun = true
        watch.started(job)
        scheduler.after(waitFor(job, attempt * 4 + 3, 60 * SECOND), () => {
          if (isStill('RUNNING')) exit(job)
        })
      })
    })
  }

  function exit(job: BatchJob): void {
    const fate = chosen(seed, FATE, numberOf(job.jobName) + (job.index ?? 0), job.attempts)
    ended(job, fate < profile.jobFails ? 1 : 0)
  }

  function ended(job: BatchJob, exitCode: number): void {
    job.attempts++
    job.exitCode = exitCode
    const mayRetry = job.attempts < job.maxAttempts && job.terminated === undefined
    if (job.exitCode === 0) end(job, 'SUCCEEDED', undefined)
    else if (mayRetry) runnable(job)
    else end(job, 'FAILED', endOf(job))
  }

  /** Most of the plain jobs that fail lose their machine. */
  function endOf(job: BatchJob): string {
    const isReclaim = job.parent === undefined && chosen(seed, RECLAIM, job.number, job.attempts) < 0.8
    return isReclaim ? RECLAIMED : 'Essential container in task exited'
  }

  function end(job: BatchJob, status: 'SUCCEEDED' | 'FAILED', statusReason: string | undefined): void {
    job.statusReason = statusReason
    job.stoppedAt = scheduler.now()
    alive--
    change(job, status)
    tellWaiters(job)
    if (job.parent !== undefined && job.parent.children.length > 0) look(job.parent)
  }

  function change(job: BatchJob, status: BatchStatus): void {
    job.before = profile.describeLag > 0 ? { ...job, before: undefined } : undefined
    job.status = status
    job.changedAt = scheduler.now()
    watch.changed(job)
  }

  function tellWaiters(job: BatchJob): void {
    for (const waiter of job.waiters) look(waiter)
  }
}

type Standing = 'met' | 'open' | 'failed'

function dependenciesOf(job: BatchJob): readonly Standing[] {
  const { parent, index } = job
  if (parent === undefined || index === undefined) {
    return job.dependsOn.map(({ job: on, type }) =>
      type === 'N_TO_N' && job.size !== undefined ? 'met' : standing(on),
    )
  }
  const own = parent.dependsOn
    .filter(({ type }) => type === 'N_TO_N')
    .map(({ job: on }) => {
      // A child waits for the child of the same index; while there is none, for the array itself.
      const twin = on.children[index]
      if (twin !== undefined) twin.waiters.add(job)
      else on.waiters.add(job)
      return standing(twin ?? on)
    })
  const previous = parent.isSequential && index > 0 ? parent.children[index - 1] : undefined
  if (previous !== undefined) previous.waiters.add(job)
  return previous === undefined ? own : [...own, standing(previous)]
}

function standing(on: BatchJob): Standing {
  if (on.hasVanished) return 'failed'
  if (!hasEnded(on)) return 'open'
  return on.status === 'SUCCEEDED' ? 'met' : 'failed'
}

import { assertNever } from '../../../core/errors.ts'
import type { Job, Stop } from './job.ts'
import { noteStop, turn, type World } from './world.ts'

const TIMED_OUT: Stop = { kind: 'timeout', reason: 'Job attempt duration exceeded timeout' }

/**
 * Cancels or terminates a job, or an array with all its children. The first request counts.
 *
 * A job that waits for others ends only when they have; cancelling one that already starts or runs does nothing.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_CancelJob.html
 */
export function stopJob(world: World, job: Job, stop: Stop, now: number): void {
  const { status } = job.state
  if (job.state.stop !== undefined) return
  switch (status) {
    case 'SUBMITTED':
    case 'RUNNABLE':
      turn(world, job, 'FAILED', now, { statusReason: stop.reason, stop })
      break
    case 'PENDING':
      noteStop(world, job, stop)
      for (const child of job.array?.children ?? []) stopJob(world, child, stop, now)
      break
    case 'STARTING':
    case 'RUNNING':
      if (stop.kind !== 'cancel') stopAttempt(world, job, stop)
      break
    case 'SUCCEEDED':
    case 'FAILED':
      break
    default:
      assertNever(status)
  }
}

/** Ends an attempt that has run for too long, unless it is being stopped already. */
export function stopOverdue(world: World, job: Job, task: string): void {
  const { state } = job
  if (state.status !== 'RUNNING' || state.task !== task || state.stop !== undefined) return
  stopAttempt(world, job, TIMED_OUT)
}

/** A queue that is deleted takes its jobs along, those that wait for others too. */
export function stopJobsOfQueue(world: World, queue: string, now: number): void {
  const stop: Stop = { kind: 'terminate', reason: 'JobQueue deleted' }
  for (const job of world.jobsByQueue.get(queue)?.values() ?? []) {
    stopJob(world, job, stop, now)
    for (const each of [...(job.array?.children ?? []), job]) {
      const isWaiting = each.state.status === 'PENDING' && (each.array?.children ?? []).length === 0
      if (isWaiting) turn(world, each, 'FAILED', now, { statusReason: stop.reason })
    }
  }
}

function stopAttempt(world: World, job: Job, stop: Stop): void {
  noteStop(world, job, stop)
  if (job.state.task !== undefined) world.effects.push({ type: 'stop', job, task: job.state.task })
}

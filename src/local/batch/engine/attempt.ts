import type { Attempt, Job, JobState } from './job.ts'
import { type AttemptEnd, isRetried } from './retry.ts'
import { enter, type World } from './world.ts'

const CONTAINER_ENDED = 'Essential container in task exited'

/** The process runs. */
export function attemptStarted(world: World, job: Job, task: string, now: number): void {
  const { state } = job
  if (state.status !== 'STARTING' || state.task !== task) return
  enter(world, job, { ...state, status: 'RUNNING', since: now, startedAt: now })
  const { timeout } = job.spec
  if (timeout !== undefined) world.effects.push({ type: 'watch', job, task, at: now + timeout * 1000 })
}

/**
 * The attempt is over: the job has succeeded, goes back to the front of its queue for another attempt, or has failed.
 * What was stopped on request or for its time is never retried, nor does its exit code count.
 */
export function attemptEnded(
  world: World,
  job: Job,
  task: string,
  end: AttemptEnd,
  now: number,
  stoppedAt = now,
): void {
  const { state, spec } = job
  if ((state.status !== 'STARTING' && state.status !== 'RUNNING') || state.task !== task) return
  world.environments.get(state.environment ?? '')?.capacity.release(spec.resources)
  world.queues.get(spec.queue)?.shares?.release(job, now)
  const attempt = attemptOf(
    state,
    state.stop === undefined ? end : { ...end, statusReason: state.stop.reason },
    stoppedAt,
  )
  const attempts = [...state.attempts, attempt]
  const goesOn = state.stop === undefined
  if (goesOn && end.exitCode === 0) finish(world, job, 'SUCCEEDED', attempts, now)
  else if (goesOn && isRetried(spec.retry, attempts.length, end)) retry(world, job, attempts, now)
  else finish(world, job, 'FAILED', attempts, now)
}

/** What a container that ended by itself is said to have ended for, whatever its exit code. */
export function containerExited(exitCode: number, reason?: string): AttemptEnd {
  return { exitCode, ...(reason === undefined ? {} : { reason }), statusReason: CONTAINER_ENDED }
}

/** The end of a container that took more memory than it asked for. */
export function outOfMemory(): AttemptEnd {
  return containerExited(137, 'OutOfMemoryError: Container killed due to memory usage')
}

/** The end of an attempt that never ran. */
export function failedToStart(reason: string): AttemptEnd {
  return { statusReason: 'Task failed to start', reason }
}

function attemptOf(state: JobState, end: AttemptEnd, stoppedAt: number): Attempt {
  return {
    ...end,
    task: state.task ?? '',
    environment: state.environment ?? '',
    ...(state.startedAt === undefined ? {} : { startedAt: state.startedAt }),
    stoppedAt,
  }
}

function finish(
  world: World,
  job: Job,
  status: 'SUCCEEDED' | 'FAILED',
  attempts: readonly Attempt[],
  now: number,
): void {
  const statusReason = attempts.at(-1)?.statusReason ?? CONTAINER_ENDED
  const stoppedAt = job.state.startedAt === undefined ? {} : { stoppedAt: attempts.at(-1)?.stoppedAt ?? now }
  enter(world, job, { ...job.state, status, since: now, statusReason, attempts, ...stoppedAt })
}

function retry(world: World, job: Job, attempts: readonly Attempt[], now: number): void {
  const { startedAt: _startedAt, ...rest } = job.state
  enter(world, job, { ...rest, status: 'RUNNABLE', since: now, attempts })
  world.queues.get(job.spec.queue)?.line.pushFront(job)
}

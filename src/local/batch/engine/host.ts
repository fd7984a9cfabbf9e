import { attemptEnded } from './attempt.ts'
import type { Job } from './job.ts'
import { type AttemptEnd, isRetried } from './retry.ts'
import { everyJob, type World } from './world.ts'

/** Takes an attempt for lost with its host: no exit code, and another attempt where the retry strategy allows it. */
export function hostTerminated(
  world: World,
  job: Job,
  instance: string,
  now: number,
  livedUntil = now,
): void {
  // A file's time may lag behind the clock by some milliseconds.
  const stoppedAt = Math.max(Math.floor(livedUntil), job.state.startedAt ?? 0)
  attemptEnded(world, job, job.state.task ?? '', lossOf(instance), now, stoppedAt)
}

function lossOf(instance: string): AttemptEnd {
  return { statusReason: `Host EC2 (instance ${instance}) terminated.` }
}

/** How many jobs start or run, and how many of them would be tried again if their host were lost now. */
export interface UnderWay {
  readonly jobs: number
  readonly triedAgain: number
}

export function underWay(world: World, instance: string): UnderWay {
  const active = [...everyJob(world)].filter(isActive)
  const again = active.filter(
    ({ spec, state }) =>
      state.stop === undefined && isRetried(spec.retry, state.attempts.length + 1, lossOf(instance)),
  )
  return { jobs: active.length, triedAgain: again.length }
}

/** True for a job that is said to start or run. */
export function isActive({ state }: Job): boolean {
  return state.status === 'STARTING' || state.status === 'RUNNING'
}

/** Takes away the host of all that starts or runs in a compute environment, as Spot does. Returns who was there. */
export function reclaimHost(
  world: World,
  environment: string,
  instance: string,
  now: number,
): readonly Job[] {
  const lost = [...everyJob(world)].filter(job => isActive(job) && job.state.environment === environment)
  for (const job of lost) {
    world.effects.push({ type: 'kill', job, task: job.state.task ?? '' })
    hostTerminated(world, job, instance, now)
  }
  return lost
}

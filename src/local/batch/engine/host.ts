import { attemptEnded } from './attempt.ts'
import type { Job } from './job.ts'
import { everyJob, type World } from './world.ts'

/** Takes an attempt for lost with its host: no exit code, and another attempt where the retry strategy allows it. */
export function hostTerminated(world: World, job: Job, instance: string, now: number): void {
  const statusReason = `Host EC2 (instance ${instance}) terminated.`
  attemptEnded(world, job, job.state.task ?? '', { statusReason }, now)
}

/** Takes away the host of all that starts or runs in a compute environment, as Spot does. Returns who was there. */
export function reclaimHost(
  world: World,
  environment: string,
  instance: string,
  now: number,
): readonly Job[] {
  const lost = [...everyJob(world)].filter(
    ({ state }) =>
      (state.status === 'STARTING' || state.status === 'RUNNING') && state.environment === environment,
  )
  for (const job of lost) {
    world.effects.push({ type: 'kill', job, task: job.state.task ?? '' })
    hostTerminated(world, job, instance, now)
  }
  return lost
}

import { watchDependencies, watchPairs } from './dependencies.ts'
import { hostTerminated, isActive } from './host.ts'
import { createChildren, type Job } from './job.ts'
import { isTerminal } from './status.ts'
import { everyJob, type World } from './world.ts'

/** Makes an array's children again, as they were when their parent made them. */
export function respawn(job: Job, at: number): void {
  if (job.array === undefined) return
  job.array.children = createChildren(job.spec, at)
  job.array.counts.SUBMITTED = job.array.children.length
}

/** Takes up the work after all jobs were read back: who waits for whom, who is in line, and whose host is gone. */
export function resume(world: World, instance: string, now: number, livedUntil: number): void {
  const all = [...everyJob(world)]
  for (const job of all) takeUp(world, job, now)
  for (const job of inOrderOfTheLine(all)) world.queues.get(job.spec.queue)?.line.push(job)
  const finished = all.filter(job => job.index === undefined && isTerminal(job.state.status))
  for (const job of finished.sort((a, b) => a.state.since - b.state.since)) world.finished.push(job)
  for (const job of all) hostTerminated(world, job, instance, now, Math.min(livedUntil, now))
  if (world.submitted.length > 0) world.effects.push({ type: 'evaluate' })
}

function takeUp(world: World, job: Job, now: number): void {
  world.queues.get(job.spec.queue)?.shares?.recall(job, now)
  const { status, environment } = job.state
  if (status === 'SUBMITTED') world.submitted.push(job)
  if (isActive(job)) {
    world.environments.get(environment ?? '')?.capacity.take(job.spec.resources)
  }
  if (status !== 'PENDING' || job.index !== undefined) return
  if (job.array !== undefined && job.array.children.length > 0) watchPairs(world, job)
  else watchDependencies(world, job)
}

/** Those with attempts behind them were let in at the front. */
function inOrderOfTheLine(jobs: readonly Job[]): readonly Job[] {
  const runnable = jobs
    .filter(job => job.state.status === 'RUNNABLE')
    .sort((a, b) => a.state.since - b.state.since)
  const retried = runnable.filter(job => job.state.attempts.length > 0)
  return [...retried.reverse(), ...runnable.filter(job => job.state.attempts.length === 0)]
}

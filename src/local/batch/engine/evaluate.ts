import { readiness, watchDependencies, watchPairs } from './dependencies.ts'
import { createChildren, type Job } from './job.ts'
import { addJob, released, turn, type World } from './world.ts'

const DEPENDENT_FAILED = 'Dependent Job failed'
const CHILD_FAILED = 'Array Child Job failed'

/** Accepts a job. It stays SUBMITTED until it is evaluated. */
export function submit(world: World, job: Job): void {
  addJob(world, job)
  world.queues.get(job.spec.queue)?.shares?.join(job)
  world.submitted.push(job)
  world.effects.push({ type: 'submitted', job }, { type: 'evaluate' })
}

/** Moves what was submitted to RUNNABLE, or to PENDING where it has to wait. */
export function evaluateSubmitted(world: World, now: number): void {
  const jobs = world.submitted
  world.submitted = []
  for (const job of jobs) consider(world, job, now)
}

/** Tells everybody who waited for an ended job, child or array. */
export function tellDependents(world: World, ended: Job, now: number): void {
  for (const job of released(world.dependents, ended)) consider(world, job, now)
  if (ended.index === undefined) {
    tellFollowersOfUnspawned(world, ended, now)
    world.finished.push(ended)
    world.queues.get(ended.spec.queue)?.shares?.leave(ended, now)
    return
  }
  const parent = world.jobs.get(ended.spec.jobId)
  if (parent?.array === undefined) return
  const next = parent.array.children[ended.index + 1]
  if (next !== undefined) consider(world, next, now)
  for (const follower of world.followers.get(ended.spec.jobId) ?? []) {
    const pair = follower.array?.children[ended.index]
    if (pair !== undefined) consider(world, pair, now)
  }
  endParent(world, parent, now)
}

/** Looks whether a job that has not begun may go on, and moves it. */
function consider(world: World, job: Job, now: number): void {
  const { status, stop } = job.state
  if (status !== 'SUBMITTED' && status !== 'PENDING') return
  if (job.array !== undefined && job.array.children.length > 0) return
  const ready = readiness(world, job)
  if (ready === 'failed') turn(world, job, 'FAILED', now, { statusReason: DEPENDENT_FAILED })
  else if (ready === 'waiting') wait(world, job, now)
  else if (stop !== undefined) turn(world, job, 'FAILED', now, { statusReason: stop.reason })
  else if (job.array === undefined) getInLine(world, job, now)
  else spawn(world, job, now)
}

function wait(world: World, job: Job, now: number): void {
  if (job.state.status !== 'SUBMITTED') return
  turn(world, job, 'PENDING', now)
  // Children are found through their arrays.
  if (job.index === undefined) watchDependencies(world, job)
}

function getInLine(world: World, job: Job, now: number): void {
  turn(world, job, 'RUNNABLE', now)
  world.queues.get(job.spec.queue)?.line.push(job)
}

/** Makes an array's children, now that nothing holds back the array as a whole. */
function spawn(world: World, parent: Job, now: number): void {
  if (parent.array === undefined) return
  if (parent.state.status === 'SUBMITTED') turn(world, parent, 'PENDING', now)
  parent.array.children = createChildren(parent.spec, now)
  parent.array.counts.SUBMITTED = parent.array.children.length
  world.effects.push({ type: 'spawned', job: parent, at: now })
  watchPairs(world, parent)
  for (const child of parent.array.children) consider(world, child, now)
}

function tellFollowersOfUnspawned(world: World, ended: Job, now: number): void {
  for (const follower of released(world.followers, ended)) {
    for (const child of follower.array?.children ?? []) consider(world, child, now)
  }
}

/** A parent ends when the last of its children has. */
function endParent(world: World, parent: Job, now: number): void {
  const { array, state } = parent
  if (array === undefined || state.status !== 'PENDING') return
  if (array.counts.SUCCEEDED + array.counts.FAILED < array.children.length) return
  if (array.counts.FAILED === 0) turn(world, parent, 'SUCCEEDED', now)
  else turn(world, parent, 'FAILED', now, { statusReason: state.stop?.reason ?? CHILD_FAILED })
}

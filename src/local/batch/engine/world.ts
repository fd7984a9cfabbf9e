import { Deque } from './deque.ts'
import type { Effect } from './effect.ts'
import { type Job, type JobState, jobIdOf, type Stop } from './job.ts'
import type { Queue } from './queue.ts'
import type { Capacity } from './resources.ts'
import { isTerminal, type JobStatus } from './status.ts'

export interface Environment {
  enabled: boolean
  readonly capacity: Capacity
  /** The instance type that is not to be had now: nothing starts. */
  outage: string | undefined
}

/** Everything the engine knows. */
export interface World {
  /** Jobs and array parents by id, oldest first. */
  readonly jobs: Map<string, Job>
  /** The same, by queue. */
  readonly jobsByQueue: Map<string, Map<string, Job>>
  readonly queues: Map<string, Queue>
  /** The queues, highest priority first. */
  dispatchOrder: readonly Queue[]
  readonly environments: Map<string, Environment>
  /** Who waits for this job, array or child as a whole. */
  readonly dependents: Map<string, Job[]>
  /** Arrays whose children wait for the child of the same index of this array. */
  readonly followers: Map<string, Job[]>
  /** Not yet evaluated. */
  submitted: Job[]
  /** Ended in this turn; those who waited for them are still to be told. */
  ended: Job[]
  /** Ended jobs and parents, the earliest first. */
  readonly finished: Deque<Job>
  effects: Effect[]
  readonly newTask: () => string
  /** The last transition made, to let many children share one state. */
  lastTurn: { readonly from: JobState; readonly turn: Turn; readonly to: JobState } | undefined
}

export function createWorld(newTask: () => string): World {
  return {
    jobs: new Map(),
    jobsByQueue: new Map(),
    queues: new Map(),
    dispatchOrder: [],
    environments: new Map(),
    dependents: new Map(),
    followers: new Map(),
    submitted: [],
    ended: [],
    finished: new Deque(),
    effects: [],
    newTask,
    lastTurn: undefined,
  }
}

/** Those of a queue's compute environments that take jobs, in the order they are tried. */
export function enabledEnvironments({ environments }: World, { settings }: Queue): readonly Environment[] {
  return settings.environments.flatMap(name => environments.get(name) ?? []).filter(each => each.enabled)
}

/** Puts the queues into the order in which they are served. */
export function orderQueues(world: World): void {
  world.dispatchOrder = [...world.queues.values()].sort((a, b) => b.settings.priority - a.settings.priority)
}

/** Finds a job, an array parent or, by `id:index`, a child. */
export function findJob(world: World, jobId: string): Job | undefined {
  const colon = jobId.indexOf(':')
  if (colon < 0) return world.jobs.get(jobId)
  const index = jobId.slice(colon + 1)
  if (!/^(0|[1-9]\d{0,4})$/.test(index)) return undefined
  return world.jobs.get(jobId.slice(0, colon))?.array?.children[Number(index)]
}

/** Jobs, array parents and children, oldest first. */
export function* everyJob(world: World): Generator<Job> {
  for (const job of world.jobs.values()) {
    yield job
    yield* job.array?.children ?? []
  }
}

export function addJob(world: World, job: Job): void {
  world.jobs.set(job.spec.jobId, job)
  const ofQueue = world.jobsByQueue.get(job.spec.queue)
  if (ofQueue === undefined) world.jobsByQueue.set(job.spec.queue, new Map([[job.spec.jobId, job]]))
  else ofQueue.set(job.spec.jobId, job)
}

export function removeJob(world: World, job: Job): void {
  world.jobs.delete(job.spec.jobId)
  world.jobsByQueue.get(job.spec.queue)?.delete(job.spec.jobId)
}

/** Puts a job into another status; everything that happens because of it follows when the turn is settled. */
export function enter(world: World, job: Job, state: JobState): void {
  const before = job.state
  setState(world, job, state)
  world.effects.push({ type: 'changed', job, state, before })
  if (isTerminal(state.status)) world.ended.push(job)
}

/** As `enter` for a job that is not running: its new status, and why. */
export function turn(world: World, job: Job, status: JobStatus, now: number, why: Why = {}): void {
  enter(world, job, derived(world, job.state, { status, since: now, ...why }))
}

/** Remembers that somebody wants this job to end, without moving it. */
export function noteStop(world: World, job: Job, stop: Stop): void {
  const { status, since } = job.state
  note(world, job, derived(world, job.state, { status, since, stop }))
}

/** Remembers something about a job that stays in its status. */
export function note(world: World, job: Job, state: JobState): void {
  const before = job.state
  job.state = state
  world.effects.push({ type: 'noted', job, state, before })
}

/** Sets a state without telling anybody, but keeps the parent's counts right. */
export function setState(world: World, job: Job, state: JobState): void {
  const before = job.state.status
  job.state = state
  if (job.index === undefined) return
  const array = world.jobs.get(job.spec.jobId)?.array
  if (array === undefined) return
  array.counts[before] -= 1
  array.counts[state.status] += 1
  array.updatedAt = state.since
}

/** Remembers that `job` is to be asked again when the job, array or child of this id has ended. */
export function waitFor(waiting: Map<string, Job[]>, upstreamId: string, job: Job): void {
  const others = waiting.get(upstreamId)
  if (others === undefined) waiting.set(upstreamId, [job])
  else others.push(job)
}

/** Removes and returns who waited for this job. */
export function released(waiting: Map<string, Job[]>, job: Job): readonly Job[] {
  const jobId = jobIdOf(job)
  const those = waiting.get(jobId) ?? []
  waiting.delete(jobId)
  return those
}

interface Why {
  readonly statusReason?: string
  readonly stop?: Stop
}

type Turn = Why & Pick<JobState, 'status' | 'since'>

function derived(world: World, from: JobState, turn: Turn): JobState {
  const last = world.lastTurn
  if (last?.from === from && isSameTurn(last.turn, turn)) return last.to
  const { statusReason: _past, blockedAt: _block, ...rest } = from
  const to = { ...rest, ...turn }
  world.lastTurn = { from, turn, to }
  return to
}

function isSameTurn(one: Turn, other: Turn): boolean {
  return (
    one.status === other.status &&
    one.since === other.since &&
    one.statusReason === other.statusReason &&
    one.stop === other.stop
  )
}

import { attemptEnded, attemptStarted } from './attempt.ts'
import { endBlocked } from './blocked.ts'
import { isKnown } from './dependencies.ts'
import { dispatch } from './dispatch.ts'
import type { Effect } from './effect.ts'
import { evaluateSubmitted, submit, tellDependents } from './evaluate.ts'
import { reclaimHost, type UnderWay, underWay } from './host.ts'
import { createJob, type Job, type JobSpec, type JobState, type Stop } from './job.ts'
import { changeQueue, createQueue, type QueueSettings } from './queue.ts'
import { Capacity, type Resources } from './resources.ts'
import { respawn, resume } from './restore.ts'
import type { AttemptEnd } from './retry.ts'
import type { ShareUse } from './shares.ts'
import { stopJob, stopJobsOfQueue, stopOverdue } from './stop.ts'
import { addJob, createWorld, findJob, orderQueues, removeJob, setState, type World } from './world.ts'

/** The jobs that lost their host, and what has to be done. */
export interface Reclaimed {
  readonly jobs: readonly Job[]
  readonly effects: readonly Effect[]
}

/**
 * The scheduler of Batch as a deterministic state machine without I/O. Each method is one event at one time
 * (milliseconds since the epoch) and returns what the world outside has to do, in order. Each costs O(log n) or
 * less in the number of jobs that are not concerned.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_states.html
 */
export class Engine {
  readonly #world: World

  /** `newTask` names attempts: unique, 32 hexadecimal digits. */
  constructor(newTask: () => string) {
    this.#world = createWorld(newTask)
  }

  setEnvironment(name: string, enabled: boolean, total: Resources, now: number): readonly Effect[] {
    const known = this.#world.environments.get(name)
    if (known === undefined) {
      const capacity = new Capacity(total)
      this.#world.environments.set(name, { enabled, capacity, outage: undefined })
    } else {
      known.enabled = enabled
      known.capacity.resize(total)
    }
    return this.#settle(now)
  }

  /** Lets nothing start in an environment whose instances are not to be had, until it is told otherwise. */
  setOutage(name: string, instanceType: string | undefined, now: number): readonly Effect[] {
    const environment = this.#world.environments.get(name)
    if (environment !== undefined) environment.outage = instanceType
    return this.#settle(now)
  }

  /** Kills what starts or runs in an environment, as when Spot takes the instance of this name back. */
  reclaimHost(name: string, instance: string, now: number): Reclaimed {
    const jobs = reclaimHost(this.#world, name, instance, now)
    return { jobs, effects: this.#settle(now) }
  }

  removeEnvironment(name: string): void {
    this.#world.environments.delete(name)
  }

  setQueue(settings: QueueSettings, now: number): readonly Effect[] {
    const { queues } = this.#world
    const known = queues.get(settings.name)
    if (known === undefined) queues.set(settings.name, createQueue(settings))
    else changeQueue(known, settings)
    orderQueues(this.#world)
    return this.#settle(now)
  }

  /** Ends all jobs of the queue with `JobQueue deleted`. */
  removeQueue(name: string, now: number): readonly Effect[] {
    stopJobsOfQueue(this.#world, name, now)
    this.#world.queues.delete(name)
    orderQueues(this.#world)
    return this.#settle(now)
  }

  submit(spec: JobSpec): readonly Effect[] {
    submit(this.#world, createJob(spec))
    return this.#takeEffects()
  }

  /** Moves what was submitted on; asked for by the effect of the same name. */
  evaluate(now: number): readonly Effect[] {
    evaluateSubmitted(this.#world, now)
    return this.#settle(now)
  }

  attemptStarted(job: Job, task: string, now: number): readonly Effect[] {
    attemptStarted(this.#world, job, task, now)
    return this.#settle(now)
  }

  attemptEnded(job: Job, task: string, end: AttemptEnd, now: number): readonly Effect[] {
    attemptEnded(this.#world, job, task, end, now)
    return this.#settle(now)
  }

  timedOut(job: Job, task: string): readonly Effect[] {
    stopOverdue(this.#world, job, task)
    return this.#takeEffects()
  }

  /** A job has been blocked for as long as its queue allows; asked for by the effect `limit`. */
  limitReached(job: Job, now: number): readonly Effect[] {
    endBlocked(this.#world, job, now)
    return this.#settle(now)
  }

  stop(job: Job, stop: Stop, now: number): readonly Effect[] {
    stopJob(this.#world, job, stop, now)
    return this.#settle(now)
  }

  /** Forgets what ended before this time. */
  forget(before: number): readonly Effect[] {
    const { finished, effects } = this.#world
    for (let job = finished.peek(); job !== undefined && job.state.since < before; job = finished.peek()) {
      finished.shift()
      removeJob(this.#world, job)
      effects.push({ type: 'forgotten', job })
    }
    return this.#takeEffects()
  }

  /** A job, array parent or, by `id:index`, child. */
  find(jobId: string): Job | undefined {
    return findJob(this.#world, jobId)
  }

  /** True when there is such a job, array or child, made or still to be made. */
  isKnown(jobId: string): boolean {
    return isKnown(this.#world, jobId)
  }

  /** Jobs and array parents, oldest first; of one queue, if it is named. */
  jobs(queue?: string): Iterable<Job> {
    if (queue === undefined) return this.#world.jobs.values()
    return this.#world.jobsByQueue.get(queue)?.values() ?? []
  }

  /** What starts or runs, and what of it would survive the loss of its host. */
  underWay(): UnderWay {
    return underWay(this.#world, 'lost')
  }

  /** The RUNNABLE jobs of a queue in the order they will start. */
  inLine(queue: string, now: number): Iterable<Job> {
    return this.#world.queues.get(queue)?.line.inOrder(now) ?? []
  }

  /** When a job came to the front of its queue, or at least got in line. */
  atPositionSince(job: Job): number {
    const { since } = job.state
    const front = this.#world.queues.get(job.spec.queue)?.front
    return front?.job === job ? Math.max(front.at, since) : since
  }

  /** The share identifiers of a queue with a fair-share policy that are active now. */
  shares(queue: string, now: number): readonly ShareUse[] {
    const shares = this.#world.queues.get(queue)?.shares
    shares?.forget(now)
    return [...(shares ?? [])].map(({ identifier, usage }) => ({ identifier, vcpus: usage.inUse }))
  }

  /** What is taken of a compute environment now. */
  used(environment: string): Resources {
    return this.#world.environments.get(environment)?.capacity.used ?? { vcpus: 0, memory: 0, gpus: 0 }
  }

  restoreJob(spec: JobSpec): void {
    addJob(this.#world, createJob(spec))
  }

  restoreChildren(jobId: string, at: number): void {
    const job = this.find(jobId)
    if (job !== undefined) respawn(job, at)
  }

  restoreState(jobId: string, state: JobState): void {
    const job = this.find(jobId)
    if (job !== undefined) setState(this.#world, job, state)
  }

  restoreForgotten(jobId: string): void {
    const job = this.find(jobId)
    if (job !== undefined) removeJob(this.#world, job)
  }

  /**
   * Goes on after everything was restored: what was queued is queued; what was starting or running lost its host,
   * and is tried again where its retry strategy allows it. `instance` names the lost host, which lived until `livedUntil`.
   */
  resume(instance: string, now: number, livedUntil = now): readonly Effect[] {
    resume(this.#world, instance, now, livedUntil)
    return this.#settle(now)
  }

  #settle(now: number): readonly Effect[] {
    const world = this.#world
    do {
      // An array: telling one may end others, who get in line behind it, however long the chain.
      for (let at = 0; at < world.ended.length; at += 1) tellDependents(world, world.ended[at] as Job, now)
      world.ended = []
      dispatch(world, now)
    } while (world.ended.length > 0)
    return this.#takeEffects()
  }

  #takeEffects(): readonly Effect[] {
    const { effects } = this.#world
    this.#world.effects = []
    return effects
  }
}

import { type FairSharePolicy, reservedRatio, weightOf } from './fair-share-policy.ts'
import type { Job } from './job.ts'
import { PriorityLine } from './priority-line.ts'
import { isTerminal } from './status.ts'
import { Usage } from './usage.ts'

/** A share identifier in a queue. */
export interface Share {
  readonly identifier: string
  readonly line: PriorityLine
  readonly usage: Usage
  weight: number
  /** Jobs and arrays that have not ended. */
  open: number
  /** When the last of them ended, milliseconds since the epoch. */
  lastEnd: number
}

/** What a share identifier uses now. */
export interface ShareUse {
  readonly identifier: string
  readonly vcpus: number
}

/**
 * Who uses how much of a queue's machines.
 *
 * A share identifier is active while it has jobs that have not ended, and for the policy's window after that.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/fair-share-scheduling.html
 */
export class Shares {
  readonly #shares = new Map<string, Share>()
  #policy: FairSharePolicy
  #inUse = 0

  constructor(policy: FairSharePolicy) {
    this.#policy = policy
  }

  get policy(): FairSharePolicy {
    return this.#policy
  }

  set policy(policy: FairSharePolicy) {
    this.#policy = policy
    for (const share of this.#shares.values()) share.weight = weightOf(policy, share.identifier)
  }

  [Symbol.iterator](): Iterator<Share> {
    return this.#shares.values()
  }

  of(job: Job): Share {
    const identifier = job.spec.share?.identifier ?? ''
    const known = this.#shares.get(identifier)
    if (known !== undefined) return known
    const share: Share = {
      identifier,
      line: new PriorityLine(),
      usage: new Usage(),
      weight: weightOf(this.#policy, identifier),
      open: 0,
      lastEnd: 0,
    }
    this.#shares.set(identifier, share)
    return share
  }

  /** A job or array was submitted. */
  join(job: Job): void {
    this.of(job).open += 1
  }

  /** A job or array has ended. */
  leave(job: Job, now: number): void {
    const share = this.of(job)
    share.open -= 1
    share.lastEnd = now
  }

  take(job: Job, now: number): void {
    this.#change(job, job.spec.resources.vcpus, now)
  }

  release(job: Job, now: number): void {
    this.#change(job, -job.spec.resources.vcpus, now)
  }

  /** Counts a job that was read back after a restart: what it used, and that it has not ended or when it did. */
  recall(job: Job, now: number): void {
    const { state, spec, index } = job
    const share = this.of(job)
    if (index === undefined && !isTerminal(state.status)) share.open += 1
    if (index === undefined && isTerminal(state.status)) share.lastEnd = Math.max(share.lastEnd, state.since)
    for (const { startedAt, stoppedAt } of state.attempts)
      share.usage.recall(spec.resources.vcpus, startedAt ?? stoppedAt, stoppedAt, now, this.#policy.window)
    const isActive = state.status === 'STARTING' || state.status === 'RUNNING'
    if (!isActive) return
    share.usage.recall(spec.resources.vcpus, state.startedAt ?? now, now, now, this.#policy.window)
    this.take(job, now)
  }

  /** What a share has had, now and on average, times its weight: the least is served first. */
  scoreOf({ usage, weight }: Share, now: number): number {
    return weight * (usage.inUse + usage.average(now, this.#policy.window))
  }

  /** Forgets those that are not active any more. */
  forget(now: number): void {
    for (const { identifier, open, lastEnd } of this.#shares.values())
      if (open <= 0 && lastEnd + this.#policy.window < now) this.#shares.delete(identifier)
  }

  /** False when the vCPUs have to be kept for share identifiers to come. A queue that uses nothing may always start. */
  mayTake(vcpus: number, total: number, now: number): boolean {
    if (this.#inUse === 0 || this.#policy.reservation === 0) return true
    this.forget(now)
    return this.#inUse + vcpus <= total * (1 - reservedRatio(this.#policy, this.#shares.size))
  }

  #change(job: Job, vcpus: number, now: number): void {
    this.#inUse += vcpus
    this.of(job).usage.change(vcpus, now, this.#policy.window)
  }
}

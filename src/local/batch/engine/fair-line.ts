import type { Job } from './job.ts'
import type { Line } from './line.ts'
import type { Share, Shares } from './shares.ts'

/**
 * The line of a queue with a fair-share policy: next is the share identifier that has had the least for its weight,
 * and of its jobs the one of the highest scheduling priority.
 *
 * Looking for it costs a glance at each share identifier with jobs, of which a queue has 500 at most.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_scheduling.html
 */
export class FairLine implements Line {
  readonly #shares: Shares
  #last: Share | undefined

  constructor(shares: Shares) {
    this.#shares = shares
  }

  push(job: Job): void {
    this.#shares.of(job).line.push(job)
  }

  pushFront(job: Job): void {
    this.#shares.of(job).line.pushFront(job)
  }

  head(now: number): Job | undefined {
    let best: Candidate | undefined
    for (const share of this.#shares) {
      const job = share.line.head()
      if (job === undefined) continue
      const candidate = { share, job, score: this.#shares.scoreOf(share, now) }
      if (best === undefined || isBefore(candidate, best)) best = candidate
    }
    this.#last = best?.share
    return best?.job
  }

  shift(): void {
    this.#last?.line.shift()
  }

  /** As they would start were there room for one after the other while none of them ended. */
  *inOrder(now: number): Generator<Job> {
    const candidates = [...this.#shares].flatMap(share =>
      nextOf({ share, jobs: share.line.inOrder(), score: this.#shares.scoreOf(share, now) }),
    )
    while (candidates.length > 0) {
      const first = candidates.reduce((best, each) => (isBefore(each, best) ? each : best))
      yield first.job
      const next = nextOf({ ...first, score: first.score + scoreAdded(first) })
      candidates.splice(candidates.indexOf(first), 1, ...next)
    }
  }
}

interface Candidate {
  readonly share: Share
  readonly job: Job
  readonly score: number
}

interface Row {
  readonly share: Share
  readonly jobs: Iterator<Job>
  readonly score: number
}

function nextOf(row: Row): readonly (Row & Candidate)[] {
  const { done, value } = row.jobs.next()
  return done === true ? [] : [{ ...row, job: value }]
}

function scoreAdded({ share, job }: Candidate): number {
  return share.weight * job.spec.resources.vcpus
}

/** Of two that have had the same, to a millionth of a vCPU, the one that has waited longer. */
function isBefore(one: Candidate, other: Candidate): boolean {
  const difference = Math.round((one.score - other.score) * 1e6)
  if (difference !== 0) return difference < 0
  return one.job.state.since < other.job.state.since
}

import { Deque } from './deque.ts'
import type { Job } from './job.ts'

/** The RUNNABLE jobs of a queue in the order they start. Jobs that were cancelled since are passed over. */
export interface Line {
  push(job: Job): void
  /** Lets a job in before those that came without an attempt behind them. */
  pushFront(job: Job): void
  /** The job to start next, if any. */
  head(now: number): Job | undefined
  /** Takes away the job that `head` gave last. */
  shift(): void
  inOrder(now: number): Iterable<Job>
}

/** First in, first out: the line of a queue without a scheduling policy. */
export class FifoLine implements Line {
  readonly #jobs = new Deque<Job>()

  push(job: Job): void {
    this.#jobs.push(job)
  }

  pushFront(job: Job): void {
    this.#jobs.pushFront(job)
  }

  head(): Job | undefined {
    for (let head = this.#jobs.peek(); head !== undefined; head = this.#jobs.peek()) {
      if (isInLine(head)) return head
      this.#jobs.shift()
    }
    return undefined
  }

  shift(): void {
    this.#jobs.shift()
  }

  *inOrder(): Generator<Job> {
    for (const job of this.#jobs) if (isInLine(job)) yield job
  }
}

function isInLine(job: Job): boolean {
  return job.state.status === 'RUNNABLE'
}

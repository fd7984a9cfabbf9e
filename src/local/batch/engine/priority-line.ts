import type { Job } from './job.ts'
import { FifoLine, type Line } from './line.ts'

interface Lane {
  readonly priority: number
  readonly line: FifoLine
}

/** The jobs of one share identifier: higher scheduling priority first, and first in, first out where it is equal. */
export class PriorityLine implements Line {
  /** Highest priority first. */
  readonly #lanes: Lane[] = []
  #last: FifoLine | undefined

  push(job: Job): void {
    this.#laneOf(job).push(job)
  }

  pushFront(job: Job): void {
    this.#laneOf(job).pushFront(job)
  }

  head(): Job | undefined {
    for (let lane = this.#lanes[0]; lane !== undefined; lane = this.#lanes[0]) {
      const head = lane.line.head()
      this.#last = lane.line
      if (head !== undefined) return head
      this.#lanes.shift()
    }
    return undefined
  }

  shift(): void {
    this.#last?.shift()
  }

  *inOrder(): Generator<Job> {
    for (const { line } of this.#lanes) yield* line.inOrder()
  }

  #laneOf(job: Job): FifoLine {
    const priority = job.spec.share?.priority ?? 0
    const at = this.#positionOf(priority)
    const known = this.#lanes[at]
    if (known?.priority === priority) return known.line
    const lane = { priority, line: new FifoLine() }
    this.#lanes.splice(at, 0, lane)
    return lane.line
  }

  /** Where the lane of this priority is or belongs. */
  #positionOf(priority: number): number {
    let low = 0
    let high = this.#lanes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#lanes[middle]?.priority ?? 0) > priority) low = middle + 1
      else high = middle
    }
    return low
  }
}

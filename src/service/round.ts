import type { Snapshot } from '../core/run/job-view.ts'

/** What a round of commands left. */
export interface Round {
  readonly snapshot: Snapshot
  /** Something was not as it had been read. */
  readonly stale: boolean
  /** No more now; go on at that time. */
  readonly goOnAt?: number
  /** A call failed and nothing is known to have happened; the rest of the round was done all the same. */
  readonly failure?: unknown
}

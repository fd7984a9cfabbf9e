import type { BlockCode } from './block-reason.ts'
import { FairLine } from './fair-line.ts'
import type { FairSharePolicy } from './fair-share-policy.ts'
import type { Job } from './job.ts'
import { FifoLine, type Line } from './line.ts'
import { Shares } from './shares.ts'

/** What a queue is told to be. */
export interface QueueSettings {
  readonly name: string
  /** Higher goes first. */
  readonly priority: number
  /** Names of compute environments, in the order they are tried. */
  readonly environments: readonly string[]
  /** Divides the machines among share identifiers; without one, first come is first served. */
  readonly fairShare?: FairSharePolicy
  /** How long its head may be blocked. */
  readonly limits?: readonly RunnableLimit[]
}

/** A job that is blocked for this reason is cancelled after so many milliseconds. */
export interface RunnableLimit {
  readonly code: BlockCode
  readonly after: number
}

export interface Queue {
  settings: QueueSettings
  readonly line: Line
  /** Of a queue with a fair-share policy. */
  readonly shares: Shares | undefined
  /** The head that is cancelled at this time, unless it can start by then. */
  watched: { readonly job: Job; readonly at: number } | undefined
  /** The head that could not start yet, and when it came to the front. */
  front: { readonly job: Job; readonly at: number } | undefined
}

export function createQueue(settings: QueueSettings): Queue {
  const { fairShare } = settings
  if (fairShare === undefined)
    return { settings, line: new FifoLine(), shares: undefined, watched: undefined, front: undefined }
  const shares = new Shares(fairShare)
  return { settings, line: new FairLine(shares), shares, watched: undefined, front: undefined }
}

/** Gives a queue other settings. Its policy may be another one, but it neither gets nor loses one. */
export function changeQueue(queue: Queue, settings: QueueSettings): void {
  queue.settings = settings
  if (queue.shares !== undefined && settings.fairShare !== undefined) queue.shares.policy = settings.fairShare
}

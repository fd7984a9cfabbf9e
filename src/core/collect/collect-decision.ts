import { INCOMPLETE } from '../alert/alert-kind.ts'
import type { Run } from '../run/run.ts'
import type { Collect } from '../workflow/workflow.ts'
import type { Collection } from './collection.ts'

/** Events come in any order: a marker waits so long for the objects that were written before it. */
const MARKER_SETTLES = 30_000

/** What a set that gathers its objects needs now. */
export type CollectStep = 'wait' | 'close' | 'take' | 'tell' | 'drop' | 'check'

/** Whether the set is closed, by what came or by time. Pure: the same set and time give the same step. */
export function collectStep(run: Run, collection: Collection, collect: Collect, now: number): CollectStep {
  if (collection.state === 'closing') return (collection.claimedUntil ?? 0) < now ? 'take' : 'wait'
  const { until } = collect
  if (collection.complete && (until.type !== 'marker' || collection.lastAt + MARKER_SETTLES <= now))
    return 'close'
  if (until.type === 'manifest' && isUnchecked(collection)) return 'check'
  if (until.type === 'quiet' && collection.lastAt + until.seconds * 1000 <= now) return 'close'
  if (collect.deadline === undefined || run.createdAt + collect.deadline * 1000 > now) return 'wait'
  if (collect.onDeadline === 'run') return 'close'
  if (collect.onDeadline === 'drop') return 'drop'
  return run.alerts[INCOMPLETE] === undefined ? 'tell' : 'wait'
}

/** The next time at which something is to be done without an object coming; undefined when there is none. */
export function collectWake(run: Run, collection: Collection, collect: Collect): number | undefined {
  if (collection.state === 'closing') return collection.claimedUntil ?? 0
  if (collection.complete) return collection.lastAt + (collect.until.type === 'marker' ? MARKER_SETTLES : 0)
  const { until, deadline, onDeadline } = collect
  const told = onDeadline === 'alert' && run.alerts[INCOMPLETE] !== undefined
  const times = [
    ...(until.type === 'quiet' ? [collection.lastAt + until.seconds * 1000] : []),
    ...(until.type === 'manifest' && isUnchecked(collection) ? [collection.lastAt] : []),
    ...(deadline === undefined || told ? [] : [run.createdAt + deadline * 1000]),
  ]
  return times.length === 0 ? undefined : Math.min(...times)
}

/** Something came since the manifest was looked at last. */
function isUnchecked({ manifest, arrival, checked }: Collection): boolean {
  return manifest !== undefined && arrival !== checked
}

/** Whether so many members are all that is waited for. */
export function isComplete({ until }: Collect, members: number): boolean {
  return until.type === 'count' && members >= until.count
}

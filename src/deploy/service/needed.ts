import { type EventRule, eventRules } from '../../core/event/event-rules.ts'
import { schedulesOf } from '../../core/event/schedules.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import { ON_SCHEDULE } from './schedules.ts'

/** Logical ids of the queues that only rules send to. */
const FED_BY_RULES: ReadonlySet<string> = new Set<EventRule['queue']>([
  'ObjectCreatedQueue',
  'JobStateChangeQueue',
  'RequestQueue',
  'EventQueue',
])

export interface Reader {
  readonly name: string
  /** Logical ids of the queues it is given messages of. */
  readonly queues: readonly string[]
}

/**
 * Whether anything can invoke a function, as the workflows are: a queue that no rule sends to would be polled, and
 * a function that no schedule invokes be watched, for nothing; both cost.
 */
export function isNeeded({ name, queues }: Reader, workflows: readonly Workflow[]): boolean {
  if (name === ON_SCHEDULE) return schedulesOf(workflows).length > 0
  const fed = new Set<string>(eventRules('', workflows).map(({ queue }) => queue))
  return queues.length === 0 || queues.some(queue => fed.has(queue) || !FED_BY_RULES.has(queue))
}

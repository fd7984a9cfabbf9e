import type { JobChange } from '../run/job-change.ts'
import { type EventOrigin, readEvent } from './event-error.ts'
import { EXECUTION_CHANGE } from './execution-change.ts'
import { JOB_STATE_CHANGE, parseJobStateChange } from './job-state-change.ts'
import { parseQueueBlocked, QUEUE_BLOCKED, type QueueBlocked } from './queue-blocked.ts'

/** What AWS Batch tells of our jobs. */
export type JobNews =
  | { readonly type: 'changed'; readonly change: JobChange }
  | { readonly type: 'blocked'; readonly blocked: QueueBlocked }

/**
 * Reads an event of AWS Batch. Undefined for what is a hint of nothing.
 *
 * @throws BatchwiseError E_EVENT
 */
export function parseJobNews(body: string, origin?: EventOrigin): JobNews | undefined {
  if (readEvent(body, [JOB_STATE_CHANGE, EXECUTION_CHANGE, QUEUE_BLOCKED]).type === QUEUE_BLOCKED) {
    const blocked = parseQueueBlocked(body, origin)
    return blocked && { type: 'blocked', blocked }
  }
  const change = parseJobStateChange(body, origin)
  return change && { type: 'changed', change }
}

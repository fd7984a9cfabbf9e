import { type EventOrigin, readEvent, textIn } from './event-error.ts'

/** Batch found that the job at the head of a queue cannot start. */
export interface QueueBlocked {
  /** The queue's name. */
  readonly queue: string
  readonly jobId: string
}

export const QUEUE_BLOCKED = 'Batch Job Queue Blocked'

/**
 * Reads Batch's `Job Queue Blocked` event, whose detail is that of the job. Undefined where it names no job or queue.
 *
 * @throws BatchwiseError E_EVENT
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch-job-queue-blocked-events.html
 */
export function parseQueueBlocked(body: string, origin?: EventOrigin): QueueBlocked | undefined {
  const { detail } = readEvent(body, [QUEUE_BLOCKED], origin)
  const jobId = textIn(detail['jobId'])
  const queue = textIn(detail['jobQueue'])
  return jobId === undefined || queue === undefined ? undefined : { jobId, queue: nameOfQueue(queue) }
}

/** The name in a queue's ARN; a name is one already. */
export function nameOfQueue(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
}

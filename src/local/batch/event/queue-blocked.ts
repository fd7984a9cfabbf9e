import type { AwsEvent } from '../../aws-event.ts'
import type { Identity } from '../../wire/face.ts'
import type { Job, JobState } from '../engine/job.ts'
import type { Tags } from '../resource/records.ts'
import { jobEvent } from './job-event.ts'

/**
 * The event Batch sends when the job at the head of a queue cannot start and so holds up all behind it. The job's
 * `statusReason` tells why; `at` is when that was found, in milliseconds since the epoch.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch-job-queue-blocked-events.html
 */
export function queueBlocked(
  identity: Identity,
  job: Job,
  state: JobState,
  at: number,
  tags: Tags,
): AwsEvent {
  const event = jobEvent(identity, 'Batch Job Queue Blocked', job, state, at, tags)
  return { ...event, resources: [...event.resources, job.spec.submission.jobQueue] }
}

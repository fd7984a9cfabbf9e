import type { AwsEvent } from '../../aws-event.ts'
import type { Identity } from '../../wire/face.ts'
import type { Job, JobState } from '../engine/job.ts'
import type { Tags } from '../resource/records.ts'
import { jobEvent } from './job-event.ts'

/**
 * The event Batch sends for every change of a job's status, children and array parents alike, but not for SUBMITTED.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch_cwe_events.html
 */
export function stateChange(identity: Identity, job: Job, state: JobState, tags: Tags): AwsEvent {
  return jobEvent(identity, 'Batch Job State Change', job, state, state.since, tags)
}

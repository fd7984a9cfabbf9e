import { randomUUID } from 'node:crypto'
import { type AwsEvent, eventTime } from '../../aws-event.ts'
import type { Identity } from '../../wire/face.ts'
import { type Job, type JobState, jobIdOf } from '../engine/job.ts'
import { arnOf } from '../resource/arn.ts'
import type { Tags } from '../resource/records.ts'
import { jobDetail } from './job-detail.ts'

/** What Batch's events of a job have in common; `at` is in milliseconds since the epoch. */
export function jobEvent(
  identity: Identity,
  detailType: string,
  job: Job,
  state: JobState,
  at: number,
  tags: Tags,
): AwsEvent {
  const resourceArn = arnOf(identity, 'job', jobIdOf(job))
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source: 'aws.batch',
    account: identity.account,
    time: eventTime(at),
    region: identity.region,
    resources: [resourceArn],
    detail: { ...jobDetail(identity, job, state), tags: { ...tags, resourceArn } },
  }
}

import type { Job } from '../engine/job.ts'
import { jobDetail } from '../event/job-detail.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { findJob } from './submitted-job.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_DescribeJobs.html */
export const describeJobs = operation(validate, act)

function validate(members: Members): readonly string[] {
  const jobs = members.texts('jobs')
  if (jobs === undefined) throw clientException('jobs is required.')
  if (jobs.length > 100) throw clientException('Maximum number of jobs supported is 100')
  return jobs
}

/** Unknown and expired jobs are left out. */
function act(context: Context, jobs: readonly string[]): object {
  return { jobs: jobs.flatMap(job => findJob(context, job) ?? []).map(job => describe(context, job)) }
}

function describe(context: Context, job: Job): object {
  const { stop } = job.state
  return {
    ...jobDetail(context.identity, job, job.state),
    tags: context.registry.jobTags.get(job.spec.jobId) ?? {},
    isCancelled: stop?.kind === 'cancel',
    isTerminated: stop?.kind === 'terminate',
  }
}

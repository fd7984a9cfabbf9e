import type { Stop } from '../engine/job.ts'
import { nameFrom } from '../resource/arn.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { parseReason, stopIfKnown } from './stop-job.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_CancelJobs.html */
export const cancelJobs = operation(validate, (context, input) => act(context, input, 'cancel'))

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_TerminateJobs.html */
export const terminateJobs = operation(validate, (context, input) => act(context, input, 'terminate'))

interface Input {
  readonly jobs: readonly string[]
  readonly reason: string
}

const MOST = 50
/** A UUID, and `:index` behind it for an array's child. */
const JOB_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:\d{1,5})?$/

function validate(members: Members): Input {
  const jobs = members.texts('jobs') ?? []
  if (jobs.length === 0) throw clientException('jobs is required.')
  if (jobs.length > MOST) throw clientException(`jobs may have at most ${MOST} entries, not ${jobs.length}.`)
  return { jobs, reason: parseReason(members) }
}

/** Each job by itself: what is malformed is told, and the others are stopped all the same. */
function act(context: Context, { jobs, reason }: Input, kind: Stop['kind']): object {
  const isWellFormed = (job: string) => JOB_ID.test(nameFrom(context.identity, 'job', job))
  const successful = jobs.filter(isWellFormed)
  for (const job of successful) stopIfKnown(context, job, { kind, reason })
  const errors = jobs
    .filter(job => !isWellFormed(job))
    .map(job => ({ job, code: 'ValidationException', message: `${job} is not the id of a job.` }))
  return { successful, errors }
}

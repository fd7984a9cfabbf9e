import type { BatchReader, DescribedJob } from '../../aws/batch-reader.ts'
import type { LogPlace } from '../../aws/log-reader.ts'
import { BatchwiseError } from '../../core/errors.ts'
import type { Part } from '../../core/run/part.ts'
import { didYouMean } from '../../core/workflow/did-you-mean.ts'
import type { JobDetails, RunDetails } from '../show/run-details.ts'

/** Batch's own log group, where a job definition names none. */
const BATCH_LOGS = '/aws/batch/job'

/** A job, or a child of an array, whose lines are asked for. */
export interface LogSource {
  readonly job: string
  /** Of a child. */
  readonly index?: number
  readonly place: LogPlace
  /** Batch says that no more lines come. */
  readonly hasEnded: boolean
}

/** What a person names: `report`, `visitors:3`; nothing stands for the job that failed, or runs, or ran last. */
export interface LogChoice {
  readonly job?: string
  readonly index?: number
  /** From 1; the last one if none is named. */
  readonly attempt?: number
}

/** @throws BatchwiseError E_USAGE */
export function logChoiceOf(text: string | undefined, attempt: number | undefined): LogChoice {
  const [, job, index] = /^([^:]+)(?::(\d{1,5}))?$/.exec(text ?? '') ?? []
  if (text !== undefined && job === undefined) {
    throw new BatchwiseError(
      'E_USAGE',
      `"${text}" is not a job. Write job, or job:index for a child of an array.`,
    )
  }
  return {
    ...(job !== undefined && { job }),
    ...(index !== undefined && { index: Number(index) }),
    ...(attempt !== undefined && { attempt }),
  }
}

/** @throws BatchwiseError E_JOB_UNKNOWN when the run has no such job */
export function chosenJob({ run, jobs }: RunDetails, { job }: LogChoice): JobDetails | undefined {
  if (job === undefined) {
    const failed = jobs.find(({ status, jobId }) => status === 'FAILED' && jobId !== undefined)
    const runs = jobs.find(({ status }) => status === 'RUNNING')
    return failed ?? runs ?? jobs.findLast(({ jobId }) => jobId !== undefined)
  }
  const found = jobs.find(({ name }) => name === job)
  if (found !== undefined) return found
  const names = jobs.map(({ name }) => name)
  const meant = didYouMean(job, names)
  const mend = meant === undefined ? `Its jobs are ${names.join(', ')}.` : `Did you mean "${meant}"?`
  throw new BatchwiseError('E_JOB_UNKNOWN', `Run ${run.runId} has no job "${job.slice(0, 80)}". ${mend}`)
}

/**
 * Where the lines of a job are; undefined while it has not been started. Of an array without an index it is the first
 * child that failed, else the first child.
 *
 * @throws BatchwiseError E_JOB_UNKNOWN for an attempt or a child that there is not
 */
export async function logSourceOf(
  details: JobDetails,
  { index, attempt }: LogChoice,
  batch: BatchReader,
): Promise<LogSource | undefined> {
  const { jobId, array, name } = details
  if (jobId === undefined) return undefined
  if (index !== undefined && index >= (array?.size ?? 0)) throw noChild(details, index)
  const child = array === undefined ? undefined : (index ?? (await firstFailedChild(jobId, batch)))
  const [job] = await batch.describe([child === undefined ? jobId : `${jobId}:${child}`])
  const stream = streamOf(job, attempt, name) ?? (child === undefined ? details.logStream : undefined)
  if (stream === undefined) return undefined
  return {
    job: name,
    ...(child !== undefined && { index: child }),
    place: { group: job?.logGroup ?? BATCH_LOGS, stream },
    hasEnded: job === undefined || job.status === 'SUCCEEDED' || job.status === 'FAILED',
  }
}

function noChild({ name, array, part, submission }: JobDetails, index: number): BatchwiseError {
  const of =
    part === undefined ? '' : `: submission ${submission} was only of ${itemsText(part)} of ${part.total}`
  const message =
    array === undefined
      ? `${name} is ${part === undefined ? 'not an array' : 'a plain job'}${of}. Leave ":${index}" out.`
      : `${name} has the children 0 to ${array.size - 1}${of}.`
  return new BatchwiseError('E_JOB_UNKNOWN', message)
}

function itemsText({ indexes }: Part): string {
  return /^\d+$/.test(indexes) ? `item ${indexes}` : `the items ${indexes}`
}

async function firstFailedChild(arrayJobId: string, batch: BatchReader): Promise<number> {
  const failed = await batch.list({ arrayJobId }, 'FAILED', 1_000)
  const indexes = failed.map(({ jobId }) => Number(jobId.split(':')[1] ?? 0))
  return indexes.length === 0 ? 0 : Math.min(...indexes)
}

function streamOf(
  job: DescribedJob | undefined,
  attempt: number | undefined,
  name: string,
): string | undefined {
  if (attempt === undefined) return job?.logStream
  const ended = job?.attempts[attempt - 1]
  if (ended !== undefined) return ended.logStream
  // The attempt that runs is in no list yet.
  if (job !== undefined && attempt === job.attempts.length + 1 && job.status === 'RUNNING')
    return job.logStream
  const known = job?.attempts.length ?? 0
  throw new BatchwiseError(
    'E_JOB_UNKNOWN',
    `AWS Batch knows ${known} attempt${known === 1 ? '' : 's'} of ${name}; there is no attempt ${attempt} to read.`,
  )
}

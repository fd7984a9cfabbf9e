import type { Job } from '../engine/job.ts'
import { nameFrom } from '../resource/arn.ts'
import { clientException } from '../wire/wire-error.ts'
import type { Context } from './context.ts'

/** Finds a job by its id or ARN. */
export function findJob(context: Context, idOrArn: string): Job | undefined {
  return context.engine.find(nameFrom(context.identity, 'job', idOrArn))
}

/** @throws ClientException when there is none */
export function knownJob(context: Context, jobId: string): Job {
  const job = findJob(context, jobId)
  if (job === undefined) throw clientException(`Job ${jobId} not found.`)
  return job
}

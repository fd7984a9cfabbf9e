import type { Dependency } from '../engine/job.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import type { Context } from './context.ts'

/**
 * Reads `dependsOn`. Jobs have to exist: what AWS does with unknown ids is not written down, and a job that silently
 * waits for nothing helps nobody.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_JobDependency.html
 */
export function parseDependencies(
  members: Members,
  arraySize: number | undefined,
  context: Context,
): readonly Dependency[] {
  const entries = members.list('dependsOn') ?? []
  if (entries.length > 20) throw clientException('Job cannot have more than 20 dependencies')
  return entries.map(entry => parseDependency(entry, arraySize, context))
}

function parseDependency(entry: Members, arraySize: number | undefined, context: Context): Dependency {
  const jobId = entry.text('jobId')
  const type = entry.oneOf('type', ['N_TO_N', 'SEQUENTIAL'])
  if (jobId === undefined) {
    if (type !== 'SEQUENTIAL') throw clientException('A dependency needs a jobId, or the type SEQUENTIAL.')
    if (arraySize === undefined) throw clientException('SEQUENTIAL without a jobId is for array jobs only.')
    return { type }
  }
  if (!context.engine.isKnown(jobId)) {
    throw clientException(`Dependent job ${jobId} not found. It never existed, or its record has expired.`)
  }
  if (type === 'N_TO_N') checkPair(jobId, arraySize, context)
  return type === undefined ? { jobId } : { jobId, type }
}

function checkPair(jobId: string, arraySize: number | undefined, context: Context): void {
  const upstreamSize = context.engine.find(jobId)?.spec.arraySize
  if (arraySize === undefined || upstreamSize === undefined || jobId.includes(':')) {
    throw clientException('N_TO_N is for an array job that depends on another array job.')
  }
  if (arraySize !== upstreamSize) {
    throw clientException(`N_TO_N needs arrays of one size, not ${arraySize} on ${upstreamSize}.`)
  }
}

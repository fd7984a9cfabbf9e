import type { Job } from './job.ts'
import { isTerminal, type JobStatus } from './status.ts'
import { findJob, type World, waitFor } from './world.ts'

/** Whether what a job depends on has succeeded, is still open, or has failed. */
export type Readiness = 'ready' | 'waiting' | 'failed'

/**
 * Looks at all that a job, an array parent or a child depends on. Parents wait for whole jobs, children for the
 * child of the same index (`N_TO_N`) and for the sibling before them (`SEQUENTIAL`).
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_dependencies.html
 */
export function readiness(world: World, job: Job): Readiness {
  const upstream = upstreamStatuses(world, job)
  if (upstream.includes('FAILED')) return 'failed'
  return upstream.every(status => status === 'SUCCEEDED') ? 'ready' : 'waiting'
}

/** Sees to it that the job is asked again when something it depends on has ended. */
export function watchDependencies(world: World, job: Job): void {
  for (const upstreamId of wholeDependencies(job)) {
    if (!isTerminal(statusOf(world, upstreamId))) waitFor(world.dependents, upstreamId, job)
  }
}

/** Sees to it that an array's children are asked again when those of the same index have ended. */
export function watchPairs(world: World, parent: Job): void {
  for (const upstreamId of pairedDependencies(parent)) {
    if (!isTerminal(statusOf(world, upstreamId))) waitFor(world.followers, upstreamId, parent)
  }
}

function isSequential(job: Job): boolean {
  return job.spec.dependsOn.some(({ jobId, type }) => type === 'SEQUENTIAL' && jobId === undefined)
}

function upstreamStatuses(world: World, job: Job): readonly JobStatus[] {
  if (job.index === undefined) return wholeDependencies(job).map(upstreamId => statusOf(world, upstreamId))
  const { index } = job
  const pairs = pairedDependencies(job).map(upstreamId => childStatus(world, upstreamId, index))
  return index > 0 && isSequential(job) ? [...pairs, previousSibling(world, job, index)] : pairs
}

function wholeDependencies(job: Job): readonly string[] {
  return job.spec.dependsOn.flatMap(({ jobId, type }) =>
    jobId === undefined || type === 'N_TO_N' ? [] : [jobId],
  )
}

function pairedDependencies(job: Job): readonly string[] {
  return job.spec.dependsOn.flatMap(({ jobId, type }) =>
    jobId !== undefined && type === 'N_TO_N' ? [jobId] : [],
  )
}

function previousSibling(world: World, job: Job, index: number): JobStatus {
  return childStatus(world, job.spec.jobId, index - 1)
}

function statusOf(world: World, jobId: string): JobStatus {
  const colon = jobId.indexOf(':')
  if (colon >= 0) return childStatus(world, jobId.slice(0, colon), Number(jobId.slice(colon + 1)))
  // It existed when the job was submitted. Had it failed, the job would have failed with it; so it succeeded, and
  // its record expired since.
  return world.jobs.get(jobId)?.state.status ?? 'SUCCEEDED'
}

/** A parent that ended before it made children decides for all of them. */
function childStatus(world: World, parentId: string, index: number): JobStatus {
  const child = findJob(world, `${parentId}:${index}`)
  if (child !== undefined) return child.state.status
  const parent = statusOf(world, parentId)
  return isTerminal(parent) ? parent : 'PENDING'
}

/** True when the job, array or child of this id is there to be depended on. */
export function isKnown(world: World, jobId: string): boolean {
  const [parentId = '', index] = jobId.split(':', 2)
  const parent = world.jobs.get(parentId)
  if (parent === undefined || index === undefined) return parent !== undefined
  return /^\d{1,5}$/.test(index) && Number(index) < (parent.spec.arraySize ?? 0)
}

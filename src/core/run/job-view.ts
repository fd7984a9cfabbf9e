import type { Dependency, Job } from '../workflow/workflow.ts'
import { childrenOf, type Definition } from './definition.ts'
import { isFinalJob, type JobRecord, type JobState } from './job-record.ts'
import { failedPart, type Part } from './part.ts'
import type { Run } from './run.ts'
import { isTolerated } from './tolerance.ts'

/** Everything that is stored of a run, read in this order: the run, then its jobs. */
export interface Snapshot {
  readonly run: Run
  readonly definition: Definition
  readonly jobs: ReadonlyMap<string, JobRecord>
}

/** A job as the whole run makes it: what is stored, and what follows from the other jobs. */
export interface JobView {
  readonly name: string
  readonly job: Job
  readonly record: JobRecord | undefined
  readonly state: JobState | 'SKIPPED'
  /** The submission that the state tells of; for a waiting job the one to come. */
  readonly submission: number
  /** FAILED, LOST, or skipped because of one: what `when: failure` waits for. */
  readonly failure: boolean
  /** WAITING with every condition met: it may be submitted at once, without a native dependency. */
  readonly ready: boolean
  /** The newest epoch that this job's result, or any result before it, is of. */
  readonly newest: number
  /** Of an array of items of which the submission has only those that failed before. */
  readonly part?: Part
}

export type JobViews = ReadonlyMap<string, JobView>

/** Works out every job's view, each after those it depends on. O(jobs + dependencies). */
export function viewJobs({ run, definition, jobs }: Snapshot): JobViews {
  const views = new Map<string, JobView>()
  for (const name of definition.order) {
    const job = definition.workflow.jobs[name]
    if (job === undefined) continue
    views.set(name, viewOf(run, name, job, jobs.get(name), views))
  }
  return views
}

function viewOf(run: Run, name: string, job: Job, record: JobRecord | undefined, views: JobViews): JobView {
  const upstream = job.dependsOn.flatMap(dependency => views.get(dependency.job) ?? [])
  const newestUpstream = upstream.reduce((newest, view) => Math.max(newest, view.newest), 0)
  const tolerated = record !== undefined && isTolerated(job, record)
  const again = record !== undefined && runsAgain(run, job, record, newestUpstream, tolerated)
  const submission = (record?.submission ?? 1) + (again ? 1 : 0)
  const newest = Math.max(newestUpstream, again ? run.epoch : (record?.epoch ?? 0))
  const part = again ? partLeft(run, job, record, tolerated, views) : record?.part
  const base = { name, job, record, submission, newest, ...(part && { part }) }
  if (record !== undefined && !again && record.state !== 'WAITING') {
    if (tolerated) return { ...base, state: 'SUCCEEDED', failure: false, ready: false }
    const failed = record.state === 'FAILED' || record.state === 'LOST'
    const state = record.dependencyFailed && failed ? 'SKIPPED' : record.state
    return { ...base, state, failure: failed, ready: false }
  }
  return { ...base, ...waitingState(run, job, record, upstream) }
}

/** After a retry: a final result of an earlier epoch counts no more if it did not succeed, is named, or stands on a newer one. */
function runsAgain(
  run: Run,
  job: Job,
  record: JobRecord,
  newestUpstream: number,
  tolerated: boolean,
): boolean {
  if (!isFinalJob(record.state) || record.epoch >= run.epoch) return false
  const isHealed = tolerated && run.failedItems === true && failedPart(job, record) !== undefined
  const succeeded = record.state === 'SUCCEEDED' || (tolerated && !isHealed)
  return isNamed(run, record) || !succeeded || newestUpstream > record.epoch
}

function isNamed({ again }: Run, { job }: JobRecord): boolean {
  return again?.includes(job) === true
}

/** What of an array runs again: what failed, unless something that all of it stands on is newer. */
function partLeft(
  run: Run,
  job: Job,
  record: JobRecord,
  tolerated: boolean,
  views: JobViews,
): Part | undefined {
  const succeeded = record.state === 'SUCCEEDED' || (tolerated && run.failedItems !== true)
  if (succeeded || isNamed(run, record)) return undefined
  const stands = job.dependsOn.every(({ job: on, type }) => {
    const upstream = views.get(on)
    return upstream === undefined || newestFor(job, upstream, type) <= record.epoch
  })
  return stands ? failedPart(job, record) : undefined
}

/**
 * The newest epoch of a dependency, as its dependent's children see it. Where both were chained child by child, a child that
 * succeeded had a partner that succeeded: what is submitted of the others since does not concern it.
 */
function newestFor(job: Job, upstream: JobView, type: Dependency['type']): number {
  const byChild = type === 'N_TO_N' && job.when === 'success' && upstream.job.tolerate === undefined
  return byChild && upstream.part ? upstream.part.since : upstream.newest
}

function waitingState(
  run: Run,
  job: Job,
  record: JobRecord | undefined,
  upstream: readonly JobView[],
): Pick<JobView, 'state' | 'failure' | 'ready'> {
  const cancelled = run.status === 'CANCELLING' || run.status === 'CANCELLED'
  if (cancelled && record?.state !== 'WAITING') return { state: 'CANCELLED', failure: false, ready: false }
  const verdict = conditionOf(job, upstream)
  if (verdict === 'skip') {
    return {
      state: 'SKIPPED',
      failure: job.when === 'success' && upstream.some(v => v.failure),
      ready: false,
    }
  }
  const empty = verdict === 'ready' && childrenOf(job) === 0
  if (empty) return { state: 'SUCCEEDED', failure: false, ready: false }
  return { state: 'WAITING', failure: false, ready: verdict === 'ready' }
}

function conditionOf(job: Job, upstream: readonly JobView[]): 'wait' | 'ready' | 'skip' {
  const allEnded = upstream.every(view => hasEnded(view))
  switch (job.when) {
    case 'success':
      if (upstream.every(view => view.state === 'SUCCEEDED')) return 'ready'
      return allEnded || upstream.some(view => view.failure) ? 'skip' : 'wait'
    case 'failure':
      if (!allEnded) return 'wait'
      return upstream.some(view => view.failure) ? 'ready' : 'skip'
    case 'always':
      return allEnded ? 'ready' : 'wait'
  }
}

/** True for a job that nothing more is expected of in this epoch. */
export function hasEnded(view: JobView): boolean {
  return view.state === 'SKIPPED' || isFinalJob(view.state)
}

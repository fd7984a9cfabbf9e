import { childrenOf, type Definition } from '../../../src/core/run/definition.ts'
import { DEPENDENCY_FAILED } from '../../../src/core/run/job-change.ts'
import { jobNameOf } from '../../../src/core/run/job-name.ts'
import type { Run } from '../../../src/core/run/run.ts'
import type { Job } from '../../../src/core/workflow/workflow.ts'
import type { StoreModel } from '../aws/store-model.ts'
import { type BatchJob, hasEnded } from '../batch/batch-job.ts'
import { RECLAIMED } from '../batch/batch-life.ts'
import type { BatchModel } from '../batch/batch-model.ts'
import { FALLBACK_QUEUE } from '../workload/graph.ts'
import { epochsOf, type Ledger, submissionKey } from './ledger.ts'

const FIRST_EPOCH = 1

/** What became of a job of a run by Batch's own log, whatever the table says. */
export interface Truth {
  readonly state: 'SUCCEEDED' | 'FAILED' | 'SKIPPED' | 'OPEN'
  /** It failed, or did not run because another failed. */
  readonly failure: boolean
  readonly newest: number
}

export interface Log {
  readonly stack: string
  readonly batch: () => BatchModel
  /** Asked only whether a refusal was heard, and what was given up. */
  readonly store: () => StoreModel
  readonly beyondBounds: boolean
  readonly ledger: Ledger
}

/** What became of each job of the run, worked out when it is asked for. Written apart from `viewJobs`, which reads the table. */
export interface Truths {
  of(job: string): Truth | undefined
  /** Every job, each after those it depends on. */
  all(): ReadonlyMap<string, Truth>
}

export function truthOf(log: Log, run: Run, definition: Definition): Truths {
  const known = new Map<string, Truth>()
  const { jobs } = definition.workflow
  return {
    of: truth,
    all() {
      for (const name of definition.order) truth(name)
      return known
    },
  }

  function truth(name: string): Truth | undefined {
    const found = known.get(name)
    const job = jobs[name]
    if (found !== undefined || job === undefined) return found
    const made = truthOfJob(log, run, name, job, truth)
    known.set(name, made)
    return made
  }
}

function truthOfJob(
  log: Log,
  run: Run,
  name: string,
  job: Job,
  truth: (job: string) => Truth | undefined,
): Truth {
  const last = lastSubmission(log, run, name, job)
  const isResult = last !== undefined && last.outcome !== 'NEVER_RAN'
  // Before the first retry nothing is stale, whatever became of the jobs before it.
  if (isResult && run.epoch === FIRST_EPOCH) return result(last.outcome, FIRST_EPOCH)
  const upstream = job.dependsOn.flatMap(({ job: on }) => truth(on) ?? [])
  const newestUpstream = Math.max(0, ...upstream.map(({ newest }) => newest))
  if (last === undefined) return { ...unsubmitted(job, upstream), newest: newestUpstream }
  const isStale =
    last.outcome !== 'OPEN' &&
    last.epoch < run.epoch &&
    (last.outcome !== 'SUCCEEDED' || newestUpstream > last.epoch)
  const newest = Math.max(newestUpstream, isStale ? run.epoch : last.epoch)
  return isResult && !isStale ? result(last.outcome, newest) : { ...unsubmitted(job, upstream), newest }
}

function result(state: 'SUCCEEDED' | 'FAILED' | 'OPEN', newest: number): Truth {
  return { state, failure: state === 'FAILED', newest }
}

function unsubmitted(job: Job, upstream: readonly Truth[]): Omit<Truth, 'newest'> {
  const open = upstream.some(({ state }) => state === 'OPEN')
  const failed = upstream.some(({ failure }) => failure)
  const succeeded = upstream.every(({ state }) => state === 'SUCCEEDED')
  const waiting: Omit<Truth, 'newest'> = { state: 'OPEN', failure: false }
  const ready: Omit<Truth, 'newest'> =
    childrenOf(job) === 0 ? { state: 'SUCCEEDED', failure: false } : { state: 'OPEN', failure: false }
  switch (job.when) {
    case 'success':
      if (succeeded) return ready
      if (failed) return { state: 'SKIPPED', failure: true }
      return open ? waiting : { state: 'SKIPPED', failure: false }
    case 'failure':
      if (open) return waiting
      return failed ? ready : { state: 'SKIPPED', failure: false }
    case 'always':
      return open ? waiting : ready
  }
}

interface Submission {
  readonly outcome: 'SUCCEEDED' | 'FAILED' | 'NEVER_RAN' | 'OPEN'
  readonly epoch: number
}

function lastSubmission(log: Log, run: Run, job: string, declared: Job): Submission | undefined {
  let last: Submission | undefined
  for (const [submission, epoch] of epochsOf(log.ledger, run.runId, job)) {
    const jobName = jobNameOf({ stack: log.stack, workflow: run.workflow, job, runId: run.runId, submission })
    const jobs = log.batch().jobsNamed(jobName)
    const kept = jobs.filter(({ jobId }) => !log.ledger.discarded.has(jobId))
    const winner = log.ledger.winners.get(submissionKey(run.runId, job, submission))
    const found = kept.find(({ jobId }) => jobId === winner) ?? unnamed(log, kept)
    if (found !== undefined)
      last = { outcome: goesOn(declared, found) ? 'NEVER_RAN' : outcomeOf(found, declared), epoch }
    else if (isGivenUp(log, run, job, jobName)) last = { outcome: 'FAILED', epoch }
    else if (isEmpty(log, run, job, submission)) last = { outcome: 'SUCCEEDED', epoch }
  }
  return last
}

/** It lost its machine on its own queue: the other queue's turn. */
function goesOn({ fallback }: Job, { statusReason, queue }: BatchJob): boolean {
  const isReclaim = statusReason === RECLAIMED && queue !== FALLBACK_QUEUE
  return isReclaim && fallback !== undefined
}

/** Within the bounds, a job that the table does not name yet is the submission's all the same; one that vanished before is none. */
function unnamed({ beyondBounds }: Log, jobs: readonly BatchJob[]): BatchJob | undefined {
  return beyondBounds ? undefined : jobs.find(({ hasVanished }) => !hasVanished)
}

/** There is no job: Batch refused it for good, or nobody could find out in time. */
function isGivenUp({ store, ledger }: Log, { runId }: Run, job: string, jobName: string): boolean {
  const state = store().readJob(runId, job)?.state
  return state === 'LOST' || (state === 'FAILED' && ledger.refused.has(jobName))
}

/** Batch knows nothing of an array that turned out to have no items. */
function isEmpty({ store }: Log, { runId }: Run, job: string, submission: number): boolean {
  const record = store().readJob(runId, job)
  return record?.submission === submission && record.state === 'SUCCEEDED' && record.size === 0
}

function outcomeOf(job: BatchJob, declared: Job): Submission['outcome'] {
  if (job.hasVanished) return 'FAILED'
  if (!hasEnded(job)) return 'OPEN'
  if (job.status === 'SUCCEEDED') return 'SUCCEEDED'
  if (job.statusReason === DEPENDENCY_FAILED) return 'NEVER_RAN'
  return isPassedOver(job, declared) ? 'SUCCEEDED' : 'FAILED'
}

/** No more of the array failed than is tolerated: in a part of it what failed is all that has not succeeded. */
function isPassedOver({ size, children }: BatchJob, declared: Job): boolean {
  const { tolerate } = declared
  const of = childrenOf(declared)
  // One that was stopped before it had children has not run.
  if (tolerate === undefined || of === undefined || children.length < (size ?? 0)) return false
  const failed = size === undefined ? 1 : children.filter(({ status }) => status === 'FAILED').length
  const allowed = tolerate.type === 'count' ? tolerate.count : Math.floor((of * tolerate.percent) / 100)
  return failed <= allowed
}

import type { JobRecord } from '../../../src/core/run/job-record.ts'
import { isFinalRun, type Run } from '../../../src/core/run/run.ts'
import type { ObjectModel } from '../aws/object-model.ts'
import type { StoreModel } from '../aws/store-model.ts'
import type { BatchJob } from '../batch/batch-job.ts'
import type { BatchModel } from '../batch/batch-model.ts'
import type { Workload } from '../workload/workload.ts'
import { checkPlaces } from './check-limits.ts'
import { checkStarts } from './check-starts.ts'
import { epochsOf, type Ledger, submissionOfName } from './ledger.ts'
import type { Report } from './watch.ts'

export interface RestWorld {
  readonly store: StoreModel
  readonly batch: BatchModel
  readonly ledger: Ledger
  readonly objects: ObjectModel
  readonly workload: Workload
  /** Bodies of dead messages. */
  readonly deadLetters: readonly string[]
  /** Nothing went wrong around an alert: it was told exactly once. */
  readonly exactAlerts: boolean
  /** No call was slow either: it was told within a minute. */
  readonly promptAlerts: boolean
  readonly beyondBounds: boolean
  readonly report: Report
}

/** A minute, and the few seconds that the index of due runs may be behind. */
const TOLD_WITHIN = 70_000

/** What must be true when everything has come to rest. */
export function checkRest(world: RestWorld): void {
  checkStarts(world)
  checkPlaces(world.store, world.report)
  for (const runId of world.store.runIds()) {
    const run = world.store.readRun(runId)
    if (run === undefined) continue
    checkRun(world, run)
    for (const record of world.store.readJobs(runId)) checkRecord(world, record)
  }
  checkJobs(world)
  checkRetries(world)
  if (world.batch.alive() > 0)
    world.report('no live job without a run', `${world.batch.alive()} jobs live on`)
}

function checkRun({ ledger, exactAlerts, promptAlerts, report }: RestWorld, run: Run): void {
  const { runId } = run
  if (!isFinalRun(run.status)) report('every run ends', `run ${runId} is ${run.status}`)
  if (run.dueAt !== undefined) report('nothing is owed at rest', `run ${runId} is due at ${run.dueAt}`)
  for (const [number, { state }] of Object.entries(run.alerts))
    if (state !== 'sent') report('every alert is sent', `alert ${number} of run ${runId}`)
  checkAlerts(
    { exactAlerts, promptAlerts, report },
    `run ${runId}`,
    ledger.ends.filter(end => end.runId === runId && end.status === 'FAILED').map(({ at }) => at),
    ledger.published.get(runId) ?? [],
  )
}

function checkAlerts(
  { exactAlerts, promptAlerts, report }: Pick<RestWorld, 'exactAlerts' | 'promptAlerts' | 'report'>,
  run: string,
  failed: readonly number[],
  told: readonly number[],
): void {
  const counts = `${run}: ${failed.length} failed epochs, ${told.length} alerts`
  if (told.length < failed.length) report('every failure is told', counts)
  if (failed.length === 0 && told.length > 0) report('only failures are told', counts)
  if (exactAlerts && told.length > failed.length) report('a failure is told once', counts)
  if (!promptAlerts) return
  for (const [index, at] of failed.entries())
    if ((told[index] ?? at) > at + TOLD_WITHIN) report('a failure is told within a minute', run)
}

function checkRecord({ batch, report }: RestWorld, record: JobRecord): void {
  const { runId, job, state, jobId } = record
  // A claim that came too late for its run has sent nothing, and is taken over after a retry.
  if (state === 'SUBMITTED') report('no record is left open', `${job} of ${runId} is ${state}`)
  const found = jobId === undefined ? undefined : batch.job(jobId)
  if (jobId !== undefined && found === undefined)
    report('a record names a job of Batch', `${job} of ${runId}: ${jobId}`)
}

function checkJobs({ store, batch, ledger, beyondBounds, report }: RestWorld): void {
  const kept = new Map<string, BatchJob[]>()
  for (const job of batch.jobs()) {
    const jobs = kept.get(job.jobName) ?? []
    kept.set(job.jobName, jobs)
    // Beyond the bounds a duplicate may end before it is found; one that never ran needs no stopping.
    const isStopped = beyondBounds
      ? ledger.asked.has(job.jobId) || (!hasRun(job) && !isRecorded(store, job))
      : ledger.discarded.has(job.jobId)
    const isUnseen = job.hasVanished && !isRecorded(store, job)
    if (!isStopped && !isUnseen) jobs.push(job)
  }
  for (const [jobName, jobs] of kept) {
    const isOne = jobs.length === 1 || (jobs.length === 0 && (beyondBounds || isLost(batch, jobName)))
    if (!isOne) report('one undiscarded job per submission', `${jobName}: ${jobs.map(({ jobId }) => jobId)}`)
    checkWinner(store, jobName, jobs, report)
  }
}

function hasRun({ startedAt, children }: BatchJob): boolean {
  return startedAt !== undefined || children.some(hasRun)
}

function isRecorded(store: StoreModel, { jobId, jobName }: BatchJob): boolean {
  const [runId = '', job = ''] = submissionOfName(jobName).split(' ')
  return store.readJob(runId, job)?.jobId === jobId
}

function isLost(batch: BatchModel, jobName: string): boolean {
  return batch.jobsNamed(jobName).every(({ hasVanished }) => hasVanished)
}

function checkWinner(store: StoreModel, jobName: string, jobs: readonly BatchJob[], report: Report): void {
  const [runId = '', job = '', submission = ''] = submissionOfName(jobName).split(' ')
  const record = store.readJob(runId, job)
  if (record === undefined) report('every job has a record', jobName)
  if (record?.submission !== Number(submission) || record.jobId === undefined) return
  if (!jobs.some(({ jobId }) => jobId === record.jobId))
    report('the winner is the job that is left', `${jobName}: ${record.jobId} was discarded`)
}

function checkRetries({ store, ledger, report }: RestWorld): void {
  for (const { runId, epoch, from } of ledger.retries) {
    const wasCancelled = ledger.ends.some(
      end => end.runId === runId && end.epoch === epoch && end.status === 'CANCELLED',
    )
    if (from !== 'FAILED' || wasCancelled) continue
    const submitted = store
      .readJobs(runId)
      .some(({ job }) => [...epochsOf(ledger, runId, job).values()].includes(epoch))
    if (!submitted) report('every accepted retry submits anew', `run ${runId}, epoch ${epoch}`)
  }
}

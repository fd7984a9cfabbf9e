import type { SubmitCommand } from '../core/run/decide.ts'
import { applied } from '../core/run/item-semantics.ts'
import type { JobRecord } from '../core/run/job-record.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { claimWrite, giveBackWrite } from '../core/run/job-writes.ts'
import { queueOf } from '../core/run/submission-request.ts'
import type { ParentJob } from './prepare-submission.ts'
import type { Service } from './service.ts'
import { type Claimed, type SubmissionResult, submitClaimed } from './submit-claimed.ts'

/** What became of a wave of submissions. */
export interface WaveResult {
  /** The records as they are now, of the jobs this pass claimed. */
  readonly records: readonly JobRecord[]
  /** Somebody else was faster, or the run has changed: read it again before deciding more. */
  readonly stale: boolean
  /** Batch asked for patience, or could not be reached: the time at which to go on. */
  readonly retryAt?: number
}

/**
 * Claims the jobs of a wave, reads the run once more, then submits each as soon as its native dependencies have been
 * submitted. Claims that cannot be used are given back; a claim is left standing only when a call's outcome is unknown.
 *
 * @throws the first error of the store, after every other job of the wave has been dealt with; a job whose claim got no
 * answer is left to the take-over.
 */
export async function submitWave(
  service: Service,
  snapshot: Snapshot,
  commands: readonly SubmitCommand[],
): Promise<WaveResult> {
  const claims = await Promise.allSettled(commands.map(command => claim(service, snapshot, command)))
  const claimed = claims.flatMap(outcome => (outcome.status === 'fulfilled' ? (outcome.value ?? []) : []))
  const result = await submitAll(service, snapshot, claimed)
  for (const outcome of claims) if (outcome.status === 'rejected') throw outcome.reason
  return { ...result, stale: result.stale || claimed.length < commands.length }
}

async function submitAll(
  service: Service,
  snapshot: Snapshot,
  claimed: readonly Claimed[],
): Promise<WaveResult> {
  if (claimed.length === 0) return { records: [], stale: true }
  if (!(await runStillStands(service, snapshot))) {
    await settled(claimed.map(({ record, token }) => giveBack(service, record, token)))
    return { records: [], stale: true }
  }
  const results = await submitInOrder(service, snapshot, claimed)
  const retryAt = Math.min(...results.map(({ retryAt }) => retryAt ?? Number.POSITIVE_INFINITY))
  return {
    records: results.map(({ record }) => record),
    stale: results.some(({ stale }) => stale),
    ...(Number.isFinite(retryAt) && { retryAt }),
  }
}

async function claim(
  service: Service,
  { run, definition }: Snapshot,
  command: SubmitCommand,
): Promise<Claimed | undefined> {
  const now = service.clock.now()
  const token = service.ids.token()
  const { job, submission, record, part } = command
  const isFallback = record?.fallback === true && record.submission === submission
  const queue = queueOf(run, definition, job, isFallback)
  const write = claimWrite(
    { runId: run.runId, job, submission, epoch: run.epoch, queue, record, ...(part && { part }) },
    { token, until: now + service.settings.times.lease },
    now,
  )
  if (!(await service.store.write(write))) return undefined
  return { command, token, record: applied<JobRecord>(undefined, write) }
}

/** A run that was cancelled, finished or retried since it was read gets no submission decided on the old state. */
async function runStillStands(service: Service, { run }: Snapshot): Promise<boolean> {
  const current = await service.store.readRun(run.runId)
  return current?.status === 'RUNNING' && current.epoch === run.epoch
}

async function giveBack(service: Service, record: JobRecord, token: string): Promise<void> {
  await service.store.write(giveBackWrite(record, token, service.clock.now()))
}

function submitInOrder(
  service: Service,
  snapshot: Snapshot,
  claimed: readonly Claimed[],
): Promise<readonly SubmissionResult[]> {
  const started = new Map<string, Promise<SubmissionResult>>()
  for (const entry of claimed) {
    const parents = entry.command.native.map(async ({ job }) => {
      const submitting = started.get(job)
      // One that was submitted before may have ended since, and the run with it: only after the claim that cannot be.
      return submitting ? (await submitting).record : service.store.readJob(entry.record.runId, job)
    })
    started.set(entry.command.job, submitAfter(service, snapshot, entry, parents))
  }
  return settled([...started.values()])
}

async function submitAfter(
  service: Service,
  snapshot: Snapshot,
  { command, record, token }: Claimed,
  parents: readonly Promise<JobRecord | undefined>[],
): Promise<SubmissionResult> {
  const submitted = await Promise.allSettled(parents) // an error of a parent is reported with the parent
  const jobs = new Map(snapshot.jobs)
  const dependsOn = command.native.flatMap(({ type }, index): readonly ParentJob[] => {
    const outcome = submitted[index]
    const parent = outcome?.status === 'fulfilled' ? outcome.value : undefined
    if (parent?.state !== 'SUBMITTED' || parent.jobId === undefined) return []
    jobs.set(parent.job, parent) // submitted a moment ago, and its id may be looked up
    return [{ jobId: parent.jobId, ...(type && { type }) }]
  })
  if (dependsOn.length === command.native.length) {
    return submitClaimed(service, { ...snapshot, jobs }, { command, record, token }, dependsOn)
  }
  const write = giveBackWrite(record, token, service.clock.now())
  await service.store.write(write)
  return { record: applied(record, write), stale: true }
}

/** Waits for all, then throws the first error: nothing is left running behind. */
async function settled<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  const outcomes = await Promise.allSettled(promises)
  return outcomes.map(outcome => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}

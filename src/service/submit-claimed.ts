import type { SubmitCommand } from '../core/run/decide.ts'
import { applied } from '../core/run/item-semantics.ts'
import type { ItemWrite } from '../core/run/item-write.ts'
import type { JobRecord } from '../core/run/job-record.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { ambiguousWrite, emptyWrite, giveBackWrite, refusedWrite, winWrite } from '../core/run/job-writes.ts'
import type { SubmitOutcome } from '../ports.ts'
import { type ParentJob, prepareSubmission, type Sendable } from './prepare-submission.ts'
import type { Service, Stopper } from './service.ts'
import { stopJob } from './stop-job.ts'

/** A submission is not sent in the last 10 s of its claim: SubmitJob may take 8. */
const SUBMIT_MARGIN = 10_000
/** After a refusal for now: 2 to 6 s, so that callers who were throttled together do not come back together. */
const RETRY_BASE = 2_000
const RETRY_SPREAD = 4_000

/** A claim held by this pass. */
export interface Claimed {
  readonly command: SubmitCommand
  readonly record: JobRecord
  readonly token: string
}

/** The job's record as the submission left it. */
export interface SubmissionResult {
  readonly record: JobRecord
  readonly stale: boolean
  readonly retryAt?: number
}

/** Sends one claimed submission, at most once, and records what became of it. */
export async function submitClaimed(
  service: Service,
  snapshot: Snapshot,
  claimed: Claimed,
  dependsOn: readonly ParentJob[],
): Promise<SubmissionResult> {
  const { record, token } = claimed
  const { runId, job } = record
  const prepared = await prepareSubmission(service, snapshot, record, dependsOn)
  switch (prepared.type) {
    case 'request':
    case 'execution':
      break
    case 'empty':
      return write(service, record, emptyWrite(record, token, now()))
    case 'never':
      return write(service, record, refusedWrite(record, token, prepared.reason, now()))
    case 'later':
      service.log.record('input-unread', { job, runId, reason: prepared.reason })
      return giveBackForNow()
  }
  if (now() >= (record.claim?.until ?? 0) - SUBMIT_MARGIN) {
    return { ...(await write(service, record, giveBackWrite(record, token, now()))), stale: true }
  }
  const outcome = await send(service, prepared)
  switch (outcome.type) {
    case 'accepted':
      service.log.record('job-submitted', { job, runId, jobId: outcome.jobId })
      return win(service, record, outcome.jobId, sizeOf(prepared))
    case 'refused':
      if (!outcome.again) return write(service, record, refusedWrite(record, token, outcome.reason, now()))
      service.log.record('submit-refused', { job, runId, reason: outcome.reason })
      return giveBackForNow()
    case 'unknown':
      service.log.record('submit-unknown', { job, runId, reason: outcome.reason })
      return write(service, record, ambiguousWrite(record, token, now()))
  }

  function now(): number {
    return service.clock.now()
  }

  async function giveBackForNow(): Promise<SubmissionResult> {
    const retryAt = now() + RETRY_BASE + Math.floor(service.ids.jitter() * RETRY_SPREAD)
    return { ...(await write(service, record, giveBackWrite(record, token, now(), { retryAt }))), retryAt }
  }
}

function send({ batch, stateMachines }: Service, sendable: Sendable): Promise<SubmitOutcome> {
  return sendable.type === 'request' ? batch.submit(sendable.request) : stateMachines.start(sendable.request)
}

function sizeOf(sendable: Sendable): number | undefined {
  return sendable.type === 'request' ? sendable.request.arrayProperties?.size : undefined
}

/** Records the Batch job, or the execution, as this submission's. Refused, it is a duplicate and is stopped, unless it is recorded already. */
export async function win(
  service: Service,
  record: JobRecord,
  jobId: string,
  size: number | undefined,
): Promise<SubmissionResult> {
  const won = winWrite(record, jobId, size, service.clock.now())
  if (await service.store.write(won)) return { record: applied(record, won), stale: false }
  const current = await service.store.readJob(record.runId, record.job)
  const recorded = current?.submission === record.submission && current.jobId === jobId
  if (!recorded) await discard(service, record, jobId)
  return { record: current ?? record, stale: true }
}

/** Stops a job that no record names. */
export async function discard(service: Stopper, { runId, job }: JobRecord, jobId: string): Promise<void> {
  service.log.record('duplicate-stopped', { runId, job, jobId })
  await stopJob(service, jobId, 'Batchwise: a duplicate of another submission')
}

async function write(service: Service, record: JobRecord, change: ItemWrite): Promise<SubmissionResult> {
  const accepted = await service.store.write(change)
  return accepted ? { record: applied(record, change), stale: false } : { record, stale: true }
}

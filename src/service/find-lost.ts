import { applied } from '../core/run/item-semantics.ts'
import type { JobIdentity } from '../core/run/job-name.ts'
import type { JobRecord, Relist } from '../core/run/job-record.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { giveBackWrite, lostWrite, relistedWrite, takeOverWrite } from '../core/run/job-writes.ts'
import { isFinalRun } from '../core/run/run.ts'
import type { ListedJob } from '../ports.ts'
import { findSubmission } from './find-submission.ts'
import type { Service } from './service.ts'
import { discard, win } from './submit-claimed.ts'

/** Batch may execute a submission late: it is looked for again 5 and 30 minutes after nobody was found. */
const LOOK_AGAIN = [5 * 60_000, 30 * 60_000]
/** After that long Batch may have forgotten the job, and looking for it proves nothing any more. */
const TOO_OLD = 20 * 3600_000

/**
 * Resolves a claim whose holder is gone: the submission is looked for by its name. Found, it is this submission's job;
 * not found, the job waits again and may be claimed anew. If Batch does not answer, nothing changes.
 *
 * @returns the record as it is now; undefined if it has changed meanwhile
 */
export async function takeOver(
  service: Service,
  snapshot: Snapshot,
  record: JobRecord,
): Promise<JobRecord | undefined> {
  const now = service.clock.now()
  const token = service.ids.token()
  const queue = record.queue ?? ''
  const again = LOOK_AGAIN.map(after => ({ submission: record.submission, queue, at: now + after }))
  const claim = { token, until: now + service.settings.times.lease }
  const write = takeOverWrite(record, claim, again, now)
  if (write === undefined || !(await service.store.write(write))) return undefined
  const taken = applied(record, write)
  if (now - (record.claimedAt ?? now) > TOO_OLD) return giveUp(service, taken, now)
  const identity = identityOf(service, snapshot, record, record.submission)
  const [first, ...others] = await findSubmission(service, queue, identity)
  if (first === undefined) return waitAgain(service, snapshot, taken, token)
  const { record: current } = await win(service, taken, first.jobId, first.size)
  // With the strict fence any of them may have won meanwhile.
  for (const { jobId } of others) if (jobId !== current.jobId) await discard(service, record, jobId)
  return current
}

async function waitAgain(
  service: Service,
  { run }: Snapshot,
  record: JobRecord,
  token: string,
): Promise<JobRecord | undefined> {
  const cancelled = run.status === 'CANCELLING'
  const write = giveBackWrite(record, token, service.clock.now(), { cancelled })
  if (!(await service.store.write(write))) return undefined
  return applied(record, write)
}

async function giveUp(service: Service, record: JobRecord, now: number): Promise<JobRecord | undefined> {
  const write = lostWrite(record, 'Batchwise could not find out in time whether AWS Batch took the job', now)
  return (await service.store.write(write)) ? applied(record, write) : undefined
}

/**
 * Looks once more for submissions that may have been executed late; all but the recorded one are stopped. What was found
 * is held against the record as it is after the look: whoever submitted it has claimed it before.
 */
export async function relist(
  service: Service,
  snapshot: Snapshot,
  record: JobRecord,
  due: readonly Relist[],
): Promise<JobRecord | undefined> {
  let current: JobRecord | undefined = record
  for (const { submission, queue } of due) {
    const identity = identityOf(service, snapshot, record, submission)
    const found = await findSubmission(service, queue, identity)
    if (found.length > 0) current = await service.store.readJob(record.runId, record.job)
    if (current === undefined) return undefined
    current = await settleFound(service, snapshot, current, submission, found)
  }
  const write = relistedWrite(current, due)
  return (await service.store.write(write)) ? applied(current, write) : undefined
}

async function settleFound(
  service: Service,
  snapshot: Snapshot,
  record: JobRecord,
  submission: number,
  found: readonly ListedJob[],
): Promise<JobRecord> {
  let current = record
  for (const { jobId, size } of found) {
    const isOpen = current.submission === submission && current.jobId === undefined
    if (isOpen && !isFinalRun(snapshot.run.status))
      current = (await win(service, current, jobId, size)).record
    // A retry has opened the run since: whoever holds the claim names the job, or leaves it to a take-over.
    else if (isOpen && current.state === 'CLAIMED') continue
    else if (current.submission !== submission || current.jobId !== jobId)
      await discard(service, current, jobId)
  }
  return current
}

function identityOf(
  { settings }: Service,
  { run: { runId, workflow } }: Snapshot,
  { job }: JobRecord,
  submission: number,
): JobIdentity {
  return { stack: settings.stack, workflow, job, runId, submission }
}

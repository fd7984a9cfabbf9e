import {
  absent,
  all,
  any,
  below,
  type Condition,
  equals,
  type ItemWrite,
  jobKey,
  not,
  oneOf,
  present,
} from './item-write.ts'
import { failedForDependency, type JobChange } from './job-change.ts'
import type { SubmissionIdentity } from './job-name.ts'
import {
  type Claim,
  FINAL_STATES,
  type JobRecord,
  type JobState,
  progressOf,
  type Relist,
  reclaimedTime,
} from './job-record.ts'
import type { Part } from './part.ts'

/** A job's record outlives its run (90 days after its finish). */
const KEPT_SECONDS = 400 * 24 * 3600

export const isFinal = oneOf('state', FINAL_STATES)
const hasNoJob = absent('jobId')
const heldBy = (token: string): Condition => equals('claim.token', token)
export const expiry = (now: number) => Math.floor(now / 1000) + KEPT_SECONDS

/** What is claimed: the submission that `decide` found ready, and the record it saw. */
export interface ClaimRequest {
  readonly runId: string
  readonly job: string
  readonly submission: number
  readonly epoch: number
  readonly queue: string
  /** Not all items of the array. */
  readonly part?: Part
  readonly record: JobRecord | undefined
}

/** Takes the only right to call SubmitJob for a submission. */
export function claimWrite(request: ClaimRequest, claim: Claim, now: number): ItemWrite {
  const { runId, job, submission, epoch, queue, part, record } = request
  const again = record !== undefined && record.submission !== submission
  return {
    key: jobKey(runId, job),
    mode: 'replace',
    set: {
      runId,
      job,
      state: 'CLAIMED' satisfies JobState,
      submission,
      epoch,
      claim,
      claimedAt: now,
      queue,
      relist: record?.relist,
      part,
      eventOnly: again ? undefined : record?.eventOnly,
      fallback: again ? undefined : record?.fallback,
      reclaimedBefore: again ? reclaimedTime(record) || undefined : record?.reclaimedBefore,
      updatedAt: now,
      expiresAt: expiry(now),
    },
    condition: any(asClaimable(record, again), heldBy(claim.token)),
  }
}

function asClaimable(record: JobRecord | undefined, again: boolean): Condition {
  if (record === undefined) return absent('job')
  const read = all(equals('submission', record.submission), equals('epoch', record.epoch))
  return again ? all(isFinal, read) : all(equals('state', 'WAITING'), hasNoJob, read)
}

/** Returns a claim that sent nothing, or was refused for now; the job waits again, until `retryAt` if given. */
export function giveBackWrite(
  record: JobRecord,
  token: string,
  now: number,
  options: { readonly retryAt?: number; readonly cancelled?: boolean } = {},
): ItemWrite {
  const state: JobState = options.cancelled ? 'CANCELLED' : 'WAITING'
  return {
    key: keyOf(record),
    mode: 'update',
    set: { state, retryAt: options.retryAt, updatedAt: now },
    remove: ['claim', 'claimedAt'],
    condition: all(heldBy(token), hasNoJob, not(equals('ambiguous', true))),
  }
}

/** SubmitJob was sent and its answer is unknown. Unknown is never failure. */
export function ambiguousWrite(record: JobRecord, token: string, now: number): ItemWrite {
  return {
    key: keyOf(record),
    mode: 'update',
    set: { ambiguous: true, updatedAt: now },
    condition: all(heldBy(token), hasNoJob),
  }
}

/** SubmitJob was refused for good: the job failed, with Batch's words as the reason. */
export function refusedWrite(record: JobRecord, token: string, statusReason: string, now: number): ItemWrite {
  return unsentWrite(record, token, { state: 'FAILED', statusReason }, now)
}

/** An array that turned out to have no items: it succeeds with no children, and nothing is submitted. */
export function emptyWrite(record: JobRecord, token: string, now: number): ItemWrite {
  return unsentWrite(record, token, { state: 'SUCCEEDED', size: 0 }, now)
}

/** Ends a job that Batch knows nothing of. */
function unsentWrite(
  record: JobRecord,
  token: string,
  end: Pick<JobRecord, 'state' | 'statusReason' | 'size'>,
  now: number,
): ItemWrite {
  return {
    key: keyOf(record),
    mode: 'update',
    set: { ...end, stoppedAt: now, updatedAt: now },
    remove: ['claim', 'claimedAt'],
    condition: all(heldBy(token), hasNoJob, not(equals('ambiguous', true))),
  }
}

/** Records which Batch job this submission is. Refused, our job is a duplicate, unless the record names it already. */
export function winWrite(record: JobRecord, jobId: string, size: number | undefined, now: number): ItemWrite {
  return {
    key: keyOf(record),
    mode: 'update',
    set: { state: 'SUBMITTED' satisfies JobState, jobId, updatedAt: now, size },
    remove: ['claim', 'claimedAt', 'ambiguous', 'retryAt'],
    condition: all(isSubmission(record.submission, jobId), not(isFinal)),
  }
}

/** Takes over the claim of a holder that can no longer send: its submission is looked for, now and later. */
export function takeOverWrite(
  record: JobRecord,
  claim: Claim,
  relist: readonly Relist[],
  now: number,
): ItemWrite | undefined {
  if (record.claim === undefined) return undefined
  // The new look-ups are later than those of an earlier take-over: they find all that those would.
  const others = (record.relist ?? []).filter(({ submission }) => submission !== record.submission)
  return {
    key: keyOf(record),
    mode: 'update',
    set: { claim, relist: [...others, ...relist], updatedAt: now },
    remove: ['ambiguous'],
    condition: all(equals('state', 'CLAIMED'), hasNoJob, heldBy(record.claim.token)),
  }
}

/** Gives up on a job whose fate cannot be found out: a failure with that reason, never a hang. */
export function lostWrite(record: JobRecord, statusReason: string, now: number): ItemWrite {
  return {
    key: keyOf(record),
    mode: 'update',
    set: { state: 'LOST' satisfies JobState, statusReason, stoppedAt: now, updatedAt: now },
    remove: ['claim', 'claimedAt', 'ambiguous'],
    condition: all(present('job'), equals('submission', record.submission), not(isFinal), asJobRead(record)),
  }
}

/** Records what Batch says: the job's id if it was unknown (the event is proof), then its progress, forward only. */
export function changeWrite(identity: SubmissionIdentity, change: JobChange, now: number): ItemWrite {
  const ended = change.status === 'SUCCEEDED' || change.status === 'FAILED'
  const progress = progressOf(change.status, change.attempts)
  const { jobId, attempts, startedAt, stoppedAt, statusReason, reason, exitCode, logStream } = change
  const { failedChildren, size } = change
  return {
    key: jobKey(identity.runId, identity.job),
    mode: 'update',
    set: {
      state: endState(change) satisfies JobState,
      batchStatus: change.status,
      progress,
      ...{
        jobId,
        attempts,
        startedAt,
        stoppedAt,
        statusReason,
        reason,
        exitCode,
        logStream,
        failedChildren,
        size,
        reclaimed: change.reclaimed,
      },
      dependencyFailed: failedForDependency(change) ? true : undefined,
      updatedAt: now,
    },
    remove: ['claim', 'claimedAt', 'ambiguous', 'retryAt', 'misses', 'missedSince'],
    condition: all(
      isSubmission(identity.submission, jobId),
      not(isFinal),
      ended ? present('job') : any(absent('progress'), below('progress', progress)),
    ),
  }
}

/** In a cancelled run, a job that waits is never claimed again. */
export function cancelWaitingWrite(record: JobRecord, now: number): ItemWrite {
  return {
    key: keyOf(record),
    mode: 'update',
    set: { state: 'CANCELLED' satisfies JobState, stoppedAt: now, updatedAt: now },
    condition: all(equals('state', 'WAITING'), hasNoJob, equals('submission', record.submission)),
  }
}

/** Notes that TerminateJob is being asked for, so that it is asked once in five minutes. */
export function terminatedWrite(record: JobRecord, now: number): ItemWrite {
  return {
    key: keyOf(record),
    mode: 'update',
    set: { terminatedAt: now },
    condition: all(equals('submission', record.submission), not(isFinal), asJobRead(record)),
  }
}

/** Counts one more answered DescribeJobs that did not know the job. */
export function missedWrite(record: JobRecord, now: number): ItemWrite {
  return {
    key: keyOf(record),
    mode: 'update',
    set: { misses: (record.misses ?? 0) + 1, missedSince: record.missedSince ?? now },
    condition: all(equals('submission', record.submission), not(isFinal), asJobRead(record)),
  }
}

/** Strikes off the look-ups that were done, unless others were added meanwhile. */
export function relistedWrite(record: JobRecord, done: readonly Relist[]): ItemWrite {
  const left = (record.relist ?? []).filter(entry => !done.includes(entry))
  return {
    key: keyOf(record),
    mode: 'update',
    set: { relist: left.length > 0 ? left : undefined },
    remove: left.length > 0 ? [] : ['relist'],
    condition: all(equals('submission', record.submission), equals('updatedAt', record.updatedAt)),
  }
}

/** The record tells of this submission, and names no other Batch job for it. */
export function isSubmission(submission: number, jobId: string): Condition {
  return all(present('job'), equals('submission', submission), any(hasNoJob, equals('jobId', jobId)))
}

function endState(change: JobChange): JobState {
  if (change.status === 'SUCCEEDED') return 'SUCCEEDED'
  return change.status === 'FAILED' ? 'FAILED' : 'SUBMITTED'
}

function asJobRead(record: JobRecord): Condition {
  return record.jobId === undefined ? hasNoJob : equals('jobId', record.jobId)
}

export function keyOf(record: JobRecord) {
  return jobKey(record.runId, record.job)
}

import { all, type ItemWrite, not } from './item-write.ts'
import type { JobChange } from './job-change.ts'
import type { JobRecord, JobState } from './job-record.ts'
import { expiry, isFinal, isSubmission, keyOf } from './job-writes.ts'

/** Batch failed the job for a dependency that runs again: it waits for that one, chained by event from now on. */
export function resetWrite(record: JobRecord, jobId: string, epoch: number, now: number): ItemWrite {
  const { reclaimedBefore } = record
  return nextSubmissionWrite(record, jobId, { epoch, eventOnly: true, reclaimedBefore }, now)
}

/** The last attempt on the job's own queue lost its machine: the other queue's turn. */
export function fallbackWrite(record: JobRecord, change: JobChange, epoch: number, now: number): ItemWrite {
  const reclaimedBefore = (record.reclaimedBefore ?? 0) + (change.reclaimed ?? 0) || undefined
  const { eventOnly } = record
  return nextSubmissionWrite(record, change.jobId, { epoch, eventOnly, fallback: true, reclaimedBefore }, now)
}

function nextSubmissionWrite(
  record: JobRecord,
  jobId: string,
  next: Readonly<Record<string, unknown>>,
  now: number,
): ItemWrite {
  return {
    key: keyOf(record),
    mode: 'replace',
    set: {
      runId: record.runId,
      job: record.job,
      state: 'WAITING' satisfies JobState,
      submission: record.submission + 1,
      part: record.part,
      relist: record.relist,
      ...next,
      updatedAt: now,
      expiresAt: expiry(now),
    },
    condition: all(isSubmission(record.submission, jobId), not(isFinal)),
  }
}

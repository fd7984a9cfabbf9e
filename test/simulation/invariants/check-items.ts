import { isFinalJob, type JobRecord } from '../../../src/core/run/job-record.ts'
import { isFinalRun, type Run } from '../../../src/core/run/run.ts'
import type { Observer, Report } from './watch.ts'

/** What no write may do to an item, whoever writes it. */
export function checkItems(report: Report): Partial<Observer> {
  return {
    wroteJob(before, after) {
      if (before !== undefined) checkJob(report, before, after)
    },
    wroteRun(before, after) {
      if (before !== undefined) checkRun(report, before, after)
    },
  }
}

function checkJob(report: Report, before: JobRecord, after: JobRecord): void {
  const job = `${after.job} of ${after.runId}`
  if (after.submission < before.submission)
    report('submission never goes back', `${job}: ${before.submission} -> ${after.submission}`)
  if (after.submission > before.submission + 1)
    report('submissions are counted one by one', `${job}: ${before.submission} -> ${after.submission}`)
  const isSame = after.submission === before.submission
  if (isSame && before.jobId !== undefined && after.jobId !== before.jobId)
    report('jobId never changes within a submission', `${job}: ${before.jobId} -> ${after.jobId}`)
  if (isSame && (after.progress ?? 0) < (before.progress ?? 0))
    report('progress never goes back', `${job}: ${before.batchStatus} -> ${after.batchStatus}`)
  if (isSame && isFinalJob(before.state) && after.state !== before.state)
    report('a final state is never left', `${job}: ${before.state} -> ${after.state}`)
  if (!isSame && isFinalJob(before.state) && after.epoch <= before.epoch)
    report('a final state is never left', `${job}: submitted again in epoch ${after.epoch}`)
  if (!isSame && !isFinalJob(before.state) && after.state !== 'WAITING')
    report('a submission ends before the next begins', `${job}: ${before.state} -> ${after.state}`)
}

function checkRun(report: Report, before: Run, after: Run): void {
  const run = `run ${after.runId}`
  if (!isFinalRun(before.status)) {
    if (after.epoch !== before.epoch)
      report('only a retry opens an epoch', `${run}: ${before.epoch} -> ${after.epoch}`)
    return
  }
  const isRetry = isBeginning(after) && after.epoch === before.epoch + 1
  if (after.status !== before.status && !isRetry)
    report('a final status is left by a retry only', `${run}: ${before.status} -> ${after.status}`)
}

/** A set that was given up gathers on; under a limit a run waits first, in each epoch. */
function isBeginning({ status, slot, collect }: Run): boolean {
  if (status === 'COLLECTING') return collect !== undefined && collect.state !== 'closed'
  return status === (slot === undefined ? 'RUNNING' : 'QUEUED')
}

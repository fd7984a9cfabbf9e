import { parseJobName } from '../../../src/core/run/job-name.ts'
import { isFinalRun, type RunStatus } from '../../../src/core/run/run.ts'
import type { Invocation } from '../aws/lambda.ts'
import { isGone } from '../batch/batch-job.ts'
import type { BatchModel } from '../batch/batch-model.ts'
import type { Scheduler } from '../scheduler.ts'
import type { Observer } from './watch.ts'

/** What has happened so far, as far as the invariants ask for it. */
export interface Ledger {
  /** Claims that were committed and not used for a SubmitJob yet, by invocation and submission. */
  readonly claims: Map<string, { readonly until: number }>
  /** By run and job: each submission with the epoch in which it was claimed last. */
  readonly epochs: Map<string, Map<number, number>>
  /** The job that the table has named, by submission. */
  readonly winners: Map<string, string>
  readonly cancelledAt: Map<string, number>
  readonly ends: RunEnd[]
  readonly retries: { readonly runId: string; readonly epoch: number; readonly from: RunStatus }[]
  /** Names of jobs that Batch refused for good. */
  readonly refused: Set<string>
  /** Live jobs that we asked Batch to stop as duplicates; asking that of one that has ended does nothing. */
  readonly discarded: Set<string>
  /** Jobs that we asked Batch to stop as duplicates, ended ones too. */
  readonly asked: Set<string>
  /** Times of the alerts, by run. */
  readonly published: Map<string, readonly number[]>
}

export interface RunEnd {
  readonly runId: string
  readonly epoch: number
  readonly status: RunStatus
  readonly at: number
}

export function createLedger(): Ledger {
  return {
    claims: new Map(),
    epochs: new Map(),
    winners: new Map(),
    cancelledAt: new Map(),
    ends: [],
    retries: [],
    refused: new Set(),
    discarded: new Set(),
    asked: new Set(),
    published: new Map(),
  }
}

export function claimKey(invocation: Invocation, submission: string): string {
  return `${invocation.number} ${submission}`
}

export function submissionKey(runId: string, job: string, submission: number): string {
  return `${runId} ${job} ${submission}`
}

/** The submissions of a job that were claimed, in their order. */
export function epochsOf(ledger: Ledger, runId: string, job: string): ReadonlyMap<number, number> {
  return ledger.epochs.get(`${runId} ${job}`) ?? NONE
}

export function keepEpoch(
  { epochs }: Ledger,
  runId: string,
  job: string,
  submission: number,
  epoch: number,
): void {
  const key = `${runId} ${job}`
  const known = epochs.get(key)
  if (known === undefined) epochs.set(key, new Map([[submission, epoch]]))
  else known.set(submission, epoch)
}

const NONE: ReadonlyMap<number, number> = new Map()

/** The submission that a Batch job's name tells of. */
export function submissionOfName(jobName: string): string {
  const identity = parseJobName(jobName)
  return identity === undefined ? '' : submissionKey(identity.runId, identity.job, identity.submission)
}

const DUPLICATE = 'Batchwise: a duplicate'

/** Keeps the ledger. It stands last among the observers: the others see it as it was before. */
export function keepLedger(
  ledger: Ledger,
  scheduler: Scheduler,
  batch: () => BatchModel,
  writer: () => Invocation | undefined,
): Partial<Observer> {
  return {
    wroteJob(before, after) {
      if (after.jobId !== undefined)
        ledger.winners.set(submissionKey(after.runId, after.job, after.submission), after.jobId)
      const isClaim = after.state === 'CLAIMED' && before?.state !== 'CLAIMED'
      if (!isClaim || after.claim === undefined) return
      const { runId, job, submission, epoch } = after
      const key = submissionKey(runId, job, submission)
      keepEpoch(ledger, runId, job, submission, epoch)
      const invocation = writer()
      if (invocation !== undefined) ledger.claims.set(claimKey(invocation, key), { until: after.claim.until })
    },
    wroteRun(before, after) {
      const { runId, status, epoch } = after
      if (before === undefined || before.status === status) return
      if (status === 'CANCELLING') ledger.cancelledAt.set(runId, scheduler.now())
      if (isFinalRun(status)) ledger.ends.push({ runId, epoch, status, at: scheduler.now() })
      if (isFinalRun(before.status)) ledger.retries.push({ runId, epoch, from: before.status })
    },
    refused: jobName => void ledger.refused.add(jobName),
    terminating(jobId, reason) {
      const job = batch().job(jobId)
      if (!reason.startsWith(DUPLICATE) || job === undefined) return
      ledger.asked.add(jobId)
      if (!isGone(job)) ledger.discarded.add(jobId)
    },
    published({ email, attributes }) {
      if (attributes.kind !== 'failed') return
      // A digest has a line for each run.
      for (const [, runId = ''] of email.matchAll(/^Run (\S+) /gm)) {
        ledger.published.set(runId, [...(ledger.published.get(runId) ?? []), scheduler.now()])
      }
    },
  }
}

import type { AlertMessage } from '../../../src/core/alert/alert-message.ts'
import type { JobRecord } from '../../../src/core/run/job-record.ts'
import type { Run } from '../../../src/core/run/run.ts'
import type { SubmitRequest } from '../../../src/core/run/submission-request.ts'
import type { Invocation } from '../aws/lambda.ts'
import type { StoreWatch } from '../aws/store-model.ts'
import type { BatchJob } from '../batch/batch-job.ts'
import type { BatchWatch } from '../batch/batch-model.ts'

/** What the models tell, at the moment at which it happens. */
export interface Observer extends StoreWatch, BatchWatch {
  /** SubmitJob is being sent. */
  submitting(invocation: Invocation, request: SubmitRequest): void
  terminating(jobId: string, reason: string): void
  published(message: AlertMessage): void
  logged(event: string, facts: Readonly<Record<string, unknown>>): void
}

export interface Watch extends Observer {
  /** Whose write is being committed. */
  writer: Invocation | undefined
}

/** An invariant that does not hold. */
export interface Violation {
  readonly invariant: string
  readonly message: string
}

export type Report = (invariant: string, message: string) => void

/** Tells all observers, in their order. */
export function createWatch(observers: readonly Partial<Observer>[]): Watch {
  const toldOf = <Name extends keyof Observer>(name: Name) => observers.filter(observer => observer[name])
  const wroteRun = toldOf('wroteRun')
  const wroteJob = toldOf('wroteJob')
  const changed = toldOf('changed')
  const started = toldOf('started')
  return {
    writer: undefined,
    wroteRun(before: Run | undefined, after: Run) {
      for (const observer of wroteRun) observer.wroteRun?.(before, after)
    },
    wroteJob(before: JobRecord | undefined, after: JobRecord) {
      for (const observer of wroteJob) observer.wroteJob?.(before, after)
    },
    changed(job: BatchJob) {
      for (const observer of changed) observer.changed?.(job)
    },
    started(job: BatchJob) {
      for (const observer of started) observer.started?.(job)
    },
    submitted(job: BatchJob) {
      for (const observer of observers) observer.submitted?.(job)
    },
    refused(jobName: string) {
      for (const observer of observers) observer.refused?.(jobName)
    },
    submitting(invocation, request) {
      for (const observer of observers) observer.submitting?.(invocation, request)
    },
    terminating(jobId, reason) {
      for (const observer of observers) observer.terminating?.(jobId, reason)
    },
    published(message) {
      for (const observer of observers) observer.published?.(message)
    },
    logged(event, facts) {
      for (const observer of observers) observer.logged?.(event, facts)
    },
  }
}

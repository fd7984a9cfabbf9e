import { BatchwiseError } from '../core/errors.ts'
import type { JobRecord } from '../core/run/job-record.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { type SubmitRequest, submissionOf } from '../core/run/submission-request.ts'
import { itemsOf } from './array-items.ts'
import type { Service } from './service.ts'

/** A job in Batch that the submitted one waits for. */
export interface ParentJob {
  readonly jobId: string
  readonly type?: 'N_TO_N'
}

/** What is to be done for a claimed submission. */
export type Prepared =
  | { readonly type: 'request'; readonly request: SubmitRequest }
  /** An array of no items. */
  | { readonly type: 'empty' }
  /** It can never be sent; `reason` is for people. */
  | { readonly type: 'never'; readonly reason: string }
  /** Its items could not be had just now. */
  | { readonly type: 'later'; readonly reason: string }

/** Makes the request of a claimed submission, and writes the manifest that its children will read. */
export async function prepareSubmission(
  service: Service,
  snapshot: Snapshot,
  record: JobRecord,
  dependsOn: readonly ParentJob[],
): Promise<Prepared> {
  const { run, definition, jobs } = snapshot
  const { job, submission } = record
  const { stack, table } = service.settings
  const jobIds: Record<string, string> = {}
  for (const { job: name, jobId } of jobs.values()) if (jobId !== undefined) jobIds[name] = jobId
  try {
    const items = await itemsOf(service, snapshot, record)
    if (items?.length === 0) return { type: 'empty' }
    const input = {
      stack,
      table,
      run,
      definition,
      job,
      submission,
      dependsOn,
      jobIds,
      ...(items && { items }),
    }
    return { type: 'request', request: submissionOf(input) }
  } catch (error) {
    if (error instanceof BatchwiseError && !error.retryable) return { type: 'never', reason: error.message }
    return { type: 'later', reason: String(error) } // S3 did not answer: nothing was sent to Batch
  }
}

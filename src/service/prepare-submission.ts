import { BatchwiseError } from '../core/errors.ts'
import { type ExecutionRequest, executionRequestOf } from '../core/run/execution-request.ts'
import { isOfStepFunctions } from '../core/run/job-name.ts'
import { jobsLookedUp } from '../core/run/job-outputs.ts'
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

/** What only has to be sent: to Batch, or to Step Functions. */
export type Sendable =
  | { readonly type: 'request'; readonly request: SubmitRequest }
  | { readonly type: 'execution'; readonly request: ExecutionRequest }

/** What is to be done for a claimed submission. */
export type Prepared =
  | Sendable
  /** An array of no items. */
  | { readonly type: 'empty' }
  /** It can never be sent; `reason` is for people. */
  | { readonly type: 'never'; readonly reason: string }
  /** Its items, or an output that it looks up, could not be had just now. */
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
  const parents = definition.workflow.jobs[job]?.dependsOn ?? []
  // A dependency that has no id by now was never submitted: an array of no items, a skipped or a refused job.
  const jobIds = Object.fromEntries(parents.map(parent => [parent.job, jobs.get(parent.job)?.jobId ?? '']))
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
      outputs: await outputsFor(service, snapshot, job),
      ...(items && { items }),
      fallback: record.fallback === true,
    }
    const execution = executionRequestOf(input)
    if (execution !== undefined) return { type: 'execution', request: execution }
    return { type: 'request', request: submissionOf(input) }
  } catch (error) {
    if (error instanceof BatchwiseError && !error.retryable) return { type: 'never', reason: error.message }
    return { type: 'later', reason: String(error) } // no answer of S3 or Step Functions: nothing was sent
  }
}

/** Step Functions keeps the outputs; they are asked for when a job needs them. */
async function outputsFor(
  { stateMachines }: Service,
  { definition, jobs }: Snapshot,
  job: string,
): Promise<Readonly<Record<string, unknown>>> {
  const asking = definition.workflow.jobs[job]
  const outputs: Record<string, unknown> = {}
  for (const name of asking ? jobsLookedUp(asking) : []) {
    const jobId = jobs.get(name)?.jobId
    if (jobId === undefined || !isOfStepFunctions(jobId)) continue
    outputs[name] = (await stateMachines.describe(jobId))?.output
  }
  return outputs
}

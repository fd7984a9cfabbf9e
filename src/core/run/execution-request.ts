import { BatchwiseError } from '../errors.ts'
import { render, renderJson } from '../workflow/look-up.ts'
import { executionNameOf } from './job-name.ts'
import { type SubmissionInput, scopeOf } from './submission-request.ts'

/** StartExecution's input. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export interface ExecutionRequest {
  readonly stateMachineArn: string
  readonly name: string
  /** JSON text. */
  readonly input: string
}

/** Step Functions takes no more. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_INPUT_BYTES = 262_144

/**
 * Builds the StartExecution request of one submission: the same run, job and submission give the same bytes, by which
 * Step Functions knows a repeated call. Undefined for a Batch job.
 *
 * @throws BatchwiseError E_REQUEST_SIZE, E143: the execution cannot be started as it is, whatever is tried.
 */
export function executionRequestOf(
  input: Pick<SubmissionInput, 'run' | 'definition' | 'job' | 'submission' | 'jobIds' | 'outputs'>,
): ExecutionRequest | undefined {
  const { run, definition, job, submission } = input
  const container = definition.workflow.jobs[job]?.container
  if (container?.type !== 'stateMachine') return undefined
  const scope = scopeOf(input)
  const text = JSON.stringify(renderJson(container.input, scope))
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_INPUT_BYTES) {
    throw new BatchwiseError(
      'E_REQUEST_SIZE',
      `Job "${job}": its input for Step Functions has ${bytes} bytes (limit ${MAX_INPUT_BYTES}). Pass big inputs in a file and give the execution its URI.`,
    )
  }
  return {
    stateMachineArn: render(container.stateMachine, scope),
    name: executionNameOf({ job, runId: run.runId, submission }),
    input: text,
  }
}

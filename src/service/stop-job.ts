import { isOfStepFunctions } from '../core/run/job-name.ts'
import type { Stopper } from './service.ts'

/** Asks for the end of a Batch job, or of an execution. One that has ended is no error. */
export function stopJob(
  { batch, stateMachines }: Pick<Stopper, 'batch' | 'stateMachines'>,
  jobId: string,
  reason: string,
): Promise<void> {
  return isOfStepFunctions(jobId) ? stateMachines.stop(jobId, reason) : batch.terminate(jobId, reason)
}

import {
  executionArnOf,
  isOfStepFunctions,
  type JobIdentity,
  submissionNameIn,
} from '../core/run/job-name.ts'
import type { ListedJob } from '../ports.ts'
import type { Watcher } from './service.ts'

/**
 * What was made of a submission, the oldest first: jobs of its name in a queue; of a state machine the one execution that
 * can have its name.
 */
export async function findSubmission(
  { batch, stateMachines }: Pick<Watcher, 'batch' | 'stateMachines'>,
  place: string,
  identity: JobIdentity,
): Promise<readonly ListedJob[]> {
  const name = submissionNameIn(place, identity)
  if (!isOfStepFunctions(place)) return batch.list(place, name)
  const execution = await stateMachines.describe(executionArnOf(place, name))
  return execution === undefined ? [] : [{ jobId: execution.change.jobId, createdAt: execution.startedAt }]
}

import { ARRAY_CHILD_FAILED } from '../core/run/failed-children.ts'
import { failedForDependency, type JobChange } from '../core/run/job-change.ts'
import type { Stopper } from './service.ts'

/** Adds to the end of an array which of its children did not succeed: asked now, for Batch forgets them. */
export async function withFailedChildren(service: Stopper, change: JobChange): Promise<JobChange> {
  // One that was ended by request says so in place of its children.
  const isArray = change.size !== undefined || change.statusReason === ARRAY_CHILD_FAILED
  if (change.status !== 'FAILED' || !isArray || failedForDependency(change)) return change
  const failedChildren = await service.batch.failedChildren(change.jobId)
  return failedChildren.count === 0 ? change : { ...change, failedChildren }
}

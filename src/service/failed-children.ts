import { ARRAY_CHILD_FAILED } from '../core/run/failed-children.ts'
import type { JobChange } from '../core/run/job-change.ts'
import type { Stopper } from './service.ts'

/** Adds to the end of an array which of its children failed: asked now, for Batch forgets them. */
export async function withFailedChildren(service: Stopper, change: JobChange): Promise<JobChange> {
  if (change.status !== 'FAILED' || change.statusReason !== ARRAY_CHILD_FAILED) return change
  const failedChildren = await service.batch.failedChildren(change.jobId)
  return failedChildren.count === 0 ? change : { ...change, failedChildren }
}

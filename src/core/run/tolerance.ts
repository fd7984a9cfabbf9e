import type { Job, Tolerance } from '../workflow/workflow.ts'
import type { JobRecord } from './job-record.ts'

/** Whether an array failed with no more failed children than its job allows: it counts as succeeded then. */
export function isTolerated(
  { tolerate }: Job,
  { state, size, failedChildren, dependencyFailed }: JobRecord,
): boolean {
  if (tolerate === undefined || state !== 'FAILED' || dependencyFailed) return false
  if (size === undefined || failedChildren === undefined) return false
  return failedChildren.count <= toleratedChildren(tolerate, size)
}

/** Of so many children so many may fail; a share is rounded down. */
function toleratedChildren(tolerate: Tolerance, size: number): number {
  return tolerate.type === 'count' ? tolerate.count : Math.floor((size * tolerate.percent) / 100)
}

import type { Job, Tolerance } from '../workflow/workflow.ts'
import type { JobRecord } from './job-record.ts'
import { failedItems } from './part.ts'

/** Whether an array failed with no more failed children than its job allows, those of all its submissions together: it counts as succeeded then. */
export function isTolerated({ tolerate }: Job, record: JobRecord): boolean {
  if (tolerate === undefined || record.state !== 'FAILED' || record.dependencyFailed) return false
  if (record.failedChildren?.isUncertain) return false
  const failed = failedItems(record)
  return failed !== undefined && failed.count <= toleratedChildren(tolerate, failed.of)
}

/** Of so many children so many may fail; a share is rounded down. */
function toleratedChildren(tolerate: Tolerance, size: number): number {
  return tolerate.type === 'count' ? tolerate.count : Math.floor((size * tolerate.percent) / 100)
}

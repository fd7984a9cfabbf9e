import type { Job } from '../workflow/workflow.ts'
import { indexRanges, rangeIndexes } from './failed-children.ts'
import type { JobRecord } from './job-record.ts'

/** Some items of an earlier submission: what a retry submits of an array whose items failed in part. */
export interface Part {
  /** The submission that was of all items: its manifest has them. */
  readonly of: number
  /** The epoch of that submission. */
  readonly since: number
  /** Items of that submission. */
  readonly total: number
  /** Lines of that manifest, ascending, as ranges: child n has the n-th of them. */
  readonly indexes: string
}

/**
 * What is left of an array of items: those that failed when it was submitted last, counted as they were at first, however
 * often it has been retried since. Undefined where all of it is submitted: an array by size, and one of which nobody knows
 * what failed.
 */
export function failedPart({ array }: Pick<Job, 'array'>, record: JobRecord): Part | undefined {
  if (array === undefined || array.type === 'size') return undefined
  const { failedChildren, part, submission, epoch } = record
  if (failedChildren === undefined || failedChildren.isUncertain) return part
  if (part !== undefined) return { ...part, indexes: originalIndexes(part, failedChildren.indexes) }
  const total = record.size ?? failedChildren.of
  return total === undefined
    ? undefined
    : { of: submission, since: epoch, total, indexes: failedChildren.indexes }
}

function originalIndexes(part: Part, children: string): string {
  const originals = rangeIndexes(part.indexes)
  return indexRanges(rangeIndexes(children).flatMap(child => originals[child] ?? []))
}

export function itemsIn({ indexes }: Part): number {
  return rangeIndexes(indexes).length
}

/** How many items of an array failed, of how many, and which: those that succeeded in an earlier submission count too. */
export interface FailedItems {
  readonly count: number
  readonly of: number
  /** As ranges. */
  readonly indexes: string
}

/** Undefined for a plain job, and for an array of which nothing is known. */
export function failedItems({ failedChildren, part, size }: JobRecord): FailedItems | undefined {
  if (part !== undefined) {
    const indexes = failedChildren ? originalIndexes(part, failedChildren.indexes) : part.indexes
    return { count: failedChildren?.count ?? itemsIn(part), of: part.total, indexes }
  }
  const of = size ?? failedChildren?.of
  if (failedChildren === undefined || of === undefined) return undefined
  return { count: failedChildren.count, of, indexes: failedChildren.indexes }
}

/** Which children of an array failed. Batch forgets them after some days; the record keeps them. */
export interface FailedChildren {
  readonly count: number
  /** Ascending, as ranges: `3,9,12-15`. */
  readonly indexes: string
  /** Children of the array. */
  readonly of?: number
  /** Batch's lists were not of one mind: more may have failed. */
  readonly isUncertain?: boolean
  /** Why the first of them failed, in Batch's words. */
  readonly statusReason?: string
  readonly reason?: string
  readonly exitCode?: number
  readonly logStream?: string
}

/** Batch's reason for an array whose children did not all succeed. */
export const ARRAY_CHILD_FAILED = 'Array Child Job failed'

/** `3,9,12-15` for these indexes, in any order. */
export function indexRanges(indexes: readonly number[]): string {
  const ranges: [from: number, to: number][] = []
  for (const index of indexes.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last?.[1] === index - 1) last[1] = index
    else if (last?.[1] !== index) ranges.push([index, index])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

/** Of so many ranges the first are shown. */
const MOST_RANGES = 20

/** Ranges for people: `3, 9, 12-15`, and only the first of many. */
export function shownRanges(indexes: string): string {
  const ranges = indexes.split(',')
  return ranges.length <= MOST_RANGES ? ranges.join(', ') : `${ranges.slice(0, MOST_RANGES).join(', ')}, ...`
}

/** The indexes of `indexRanges`, ascending. */
export function rangeIndexes(ranges: string): readonly number[] {
  return ranges.split(',').flatMap(range => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, offset) => from + offset)
  })
}

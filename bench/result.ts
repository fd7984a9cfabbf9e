import type { Spread } from './spread.ts'

/** What a bench found. */
export interface Result {
  readonly rows: readonly Row[]
  /** Lines for below the table: where the time went. */
  readonly notes?: readonly string[]
}

/** One line of the table. */
export interface Row {
  readonly name: string
  readonly unit: 'ms' | 'KB' | 'MB' | '/s' | 's' | 'calls'
  readonly measured: Spread
  /** The most it may be; for a rate there is none yet. */
  readonly target?: number
  /** What the same work costs without Batchwise: nothing of ours can be faster. */
  readonly floor?: { readonly of: string; readonly value: number }
}

/** Whether the median is within the target; rows without one always are. */
export function isMet({ target, measured }: Row): boolean {
  return target === undefined || measured.median <= target
}

import type { Violation } from '../invariants/watch.ts'
import type { Result } from '../simulate.ts'

/** What a range of seeds came to; ranges add up. */
export interface Tally {
  readonly seeds: number
  /** One per seed, for the median. */
  readonly jobs: readonly number[]
  readonly submitted: number
  readonly runs: number
  readonly faults: Readonly<Record<string, number>>
  readonly calls: number
  /** Seconds that threads spent on them, together. */
  readonly busy: number
  /** Seeds that failed, with what they violated first. */
  readonly failed: readonly { readonly seed: number; readonly violation: Violation }[]
}

export const NOTHING: Tally = {
  seeds: 0,
  jobs: [],
  submitted: 0,
  runs: 0,
  faults: {},
  calls: 0,
  busy: 0,
  failed: [],
}

export function tallyOf(result: Result): Tally {
  const faults: Record<string, number> = {}
  for (const { kind } of result.faults) faults[kind] = (faults[kind] ?? 0) + 1
  const [violation] = result.violations
  return {
    seeds: 1,
    jobs: [result.jobs],
    submitted: result.submitted,
    runs: result.runs,
    faults,
    calls: Object.values(result.calls).reduce((sum, count) => sum + count, 0),
    busy: 0,
    failed: violation === undefined ? [] : [{ seed: result.seed, violation }],
  }
}

export function added(tallies: readonly Tally[]): Tally {
  const faults: Record<string, number> = {}
  for (const tally of tallies)
    for (const [kind, count] of Object.entries(tally.faults)) faults[kind] = (faults[kind] ?? 0) + count
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0)
  return {
    seeds: sum(tally => tally.seeds),
    jobs: tallies.flatMap(tally => tally.jobs),
    submitted: sum(tally => tally.submitted),
    runs: sum(tally => tally.runs),
    faults,
    calls: sum(tally => tally.calls),
    busy: sum(tally => tally.busy),
    failed: tallies.flatMap(tally => tally.failed).sort((one, other) => one.seed - other.seed),
  }
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0
}

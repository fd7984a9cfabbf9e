/** Several measurements of one thing. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (place: number) => sorted[Math.min(sorted.length - 1, Math.floor(place))] ?? Number.NaN
  const middle = (sorted.length - 1) / 2
  return {
    median: (at(middle) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  }
}

/** Measures one after the other, the first `warmUp` for nothing. */
export async function measured(
  times: { readonly warmUp: number; readonly count: number },
  measure: (round: number) => Promise<number> | number,
): Promise<Spread> {
  const values: number[] = []
  for (let round = 0; round < times.warmUp + times.count; round++) values.push(await measure(round))
  return spreadOf(values.slice(times.warmUp))
}

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

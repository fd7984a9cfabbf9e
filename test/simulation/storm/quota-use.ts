/** When a job could have been submitted, and when it was; in milliseconds. */
export interface Waited {
  readonly readyAt: number
  readonly submittedAt: number
}

export interface QuotaUse {
  /** Seconds in which at least so many jobs waited. */
  readonly seconds: number
  /** Part of the quota that was used in them. */
  readonly used: number
}

/** How much of a quota was used while at least `least` jobs waited: fewer may be waiting for their turn after a 429. */
export function quotaUse(jobs: readonly Waited[], quota: number, least: number): QuotaUse {
  const changes = jobs
    .flatMap(({ readyAt, submittedAt }) => [
      { at: readyAt, by: 1 },
      { at: submittedAt, by: -1 },
    ])
    .sort((one, other) => one.at - other.at)
  let waiting = 0
  let last = 0
  let milliseconds = 0
  let submitted = 0
  for (const { at, by } of changes) {
    if (waiting >= least) {
      milliseconds += at - last
      if (by < 0) submitted++
    }
    waiting += by
    last = at
  }
  const seconds = milliseconds / 1000
  return { seconds, used: seconds === 0 ? 0 : submitted / seconds / quota }
}

/** A fixed interval. */
export interface Rate {
  readonly type: 'rate'
  /** Milliseconds. */
  readonly interval: number
}

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/**
 * Reads `1 hour` or `5 minutes` as EventBridge Scheduler does: one is singular, days are 24 hours. Undefined for
 * anything else.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based
 */
export function parseRate(text: string): Rate | undefined {
  const [, digits, unit = '', plural] = /^([1-9]\d{0,6}) (minute|hour|day)(s?)$/.exec(text) ?? []
  const length = UNITS[unit]
  const count = Number(digits)
  if (length === undefined || (count === 1) !== (plural === '')) return undefined
  return { type: 'rate', interval: count * length }
}

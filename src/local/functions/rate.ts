const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/**
 * The interval of `rate(5 minutes)` in milliseconds; undefined where it is no rate. As on AWS, one is singular.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function rateInterval(expression: string): number | undefined {
  const found = /^rate\((?<count>[1-9]\d{0,6}) (?<unit>minute|hour|day)(?<plural>s?)\)$/.exec(
    expression,
  )?.groups
  if (found === undefined) return undefined
  const count = Number(found['count'])
  const unit = UNITS[found['unit'] ?? '']
  if (unit === undefined || (count === 1) === (found['plural'] === 's')) return undefined
  return count * unit
}

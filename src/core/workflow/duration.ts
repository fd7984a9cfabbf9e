const SECONDS = { d: 86_400, h: 3_600, m: 60, s: 1 } as const
const DURATION = /^(?:(?<d>\d{1,6})d)?(?:(?<h>\d{1,6})h)?(?:(?<m>\d{1,6})m)?(?:(?<s>\d{1,9})s)?$/

/**
 * Seconds of a duration as workflow files have it: whole seconds as a number, or a text with units (`90s`, `30m`,
 * `1h30m`, `2d`). Undefined when it is neither.
 */
export function parseDuration(duration: number | string): number | undefined {
  if (typeof duration === 'number')
    return Number.isSafeInteger(duration) && duration >= 0 ? duration : undefined
  const groups = duration === '' ? undefined : DURATION.exec(duration)?.groups
  if (!groups) return undefined
  let seconds = 0
  for (const unit of ['d', 'h', 'm', 's'] as const) seconds += Number(groups[unit] ?? 0) * SECONDS[unit]
  return seconds
}

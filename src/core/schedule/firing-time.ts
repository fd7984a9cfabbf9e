import { BatchwiseError } from '../errors.ts'
import { type Cron, firesOn, parseCron } from './cron.ts'
import { parseRate, type Rate } from './rate.ts'
import { instantsOf, wallClockAt } from './time-zone.ts'

const DAY = 86_400_000
const LAST_YEAR = 2199
const FIRST_YEAR = 1970

/** A checked schedule: `cron(...)` or `rate(...)` as EventBridge Scheduler takes it, and a zone for its clock. */
export interface Timing {
  readonly expression: string
  readonly timezone: string
}

/** Reads a checked expression. @throws BatchwiseError E160 for one that was never checked */
export function timingOf(expression: string): Cron | Rate {
  const [, kind, text = ''] = /^(cron|rate)\((.*)\)$/.exec(expression) ?? []
  const timing = kind === 'cron' ? parseCron(text) : kind === 'rate' ? parseRate(text) : undefined
  if (timing !== undefined && timing.type !== 'fault') return timing
  throw new BatchwiseError('E160', `"${expression}" is no schedule. Write cron(0 2 * * ? *) or rate(1 hour).`)
}

/**
 * The first firing after an instant, both in milliseconds since the epoch; undefined when there is none any more. A
 * rate counts from the epoch: AWS counts from the schedule's creation, which only AWS knows.
 */
export function nextFiring({ expression, timezone }: Timing, after: number): number | undefined {
  const timing = timingOf(expression)
  if (timing.type === 'rate') return (Math.floor(after / timing.interval) + 1) * timing.interval
  return firing(timing, timezone, after, 1)
}

/** The last firing at or before an instant; undefined when there was none. */
export function previousFiring({ expression, timezone }: Timing, at: number): number | undefined {
  const timing = timingOf(expression)
  if (timing.type === 'rate') return Math.floor(at / timing.interval) * timing.interval
  return firing(timing, timezone, at, -1)
}

function firing(cron: Cron, timezone: string, from: number, step: 1 | -1): number | undefined {
  const minutes = cron.hours.flatMap(hour => cron.minutes.map(minute => hour * 60 + minute))
  const { year, month, day } = wallClockAt(timezone, from)
  for (let midnight = Date.UTC(year, month - 1, day); ; midnight += step * DAY) {
    const utc = new Date(midnight)
    const date = { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, day: utc.getUTCDate() }
    if (date.year > LAST_YEAR || date.year < FIRST_YEAR) return undefined
    if (!firesOn(cron, date)) continue
    const instants = instantsOf(timezone, date, minutes)
    const found = step === 1 ? instants.find(at => at > from) : instants.findLast(at => at <= from)
    if (found !== undefined) return found
  }
}

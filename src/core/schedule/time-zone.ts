import type { CalendarDate } from './day-rule.ts'

/** What a clock on the wall shows; months from 1. */
export interface WallClock extends CalendarDate {
  readonly hour: number
  readonly minute: number
}

const MINUTE = 60_000
const DAY = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** Whether this is a name of the IANA database, written as there: `Europe/Berlin`, `UTC`. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z]*(?:[/_+-][A-Za-z0-9]+)*$/.test(name)) return false
  try {
    const known = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
    return known === name || known.toLowerCase() !== name.toLowerCase()
  } catch (error) {
    if (error instanceof RangeError) return false // how Intl says that there is no such zone
    throw error
  }
}

/** Names of time zones, for suggestions. */
export function timeZones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
}

/** The wall clock of a zone at an instant (milliseconds since the epoch). */
export function wallClockAt(timezone: string, instant: number): WallClock {
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  }
}

/**
 * The instants at which the wall clock of a zone shows these minutes of a day, ascending. A time that daylight saving
 * skips has none; one that it repeats has its first.
 */
export function instantsOf(
  timezone: string,
  { year, month, day }: CalendarDate,
  minutes: readonly number[],
): readonly number[] {
  const midnight = Date.UTC(year, month - 1, day)
  const offsets = [...new Set([offsetAt(timezone, midnight - DAY), offsetAt(timezone, midnight + 2 * DAY)])]
  return minutes.flatMap(minute => {
    const wall = midnight + minute * MINUTE
    const instants = offsets.map(offset => wall - offset)
    // Without a change near this day the offset is what it was the day before, and there is nothing to look up.
    const shown =
      offsets.length === 1 ? instants : instants.filter(at => at + offsetAt(timezone, at) === wall)
    return shown.length === 0 ? [] : [Math.min(...shown)]
  })
}

/** What a zone adds to UTC at an instant, in milliseconds. */
function offsetAt(timezone: string, instant: number): number {
  const { year, month, day, hour, minute } = wallClockAt(timezone, instant)
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / MINUTE) * MINUTE
}

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formats.set(timezone, format)
  return format
}

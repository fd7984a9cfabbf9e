import { eventSecond } from './event-second.ts'
import { type WallClock, wallClockAt } from './time-zone.ts'

const DAY = 86_400_000

/**
 * What `${trigger.NAME}` gives for a firing: the time it was to fire at (UTC), and the date and hour of the wall clock in
 * the schedule's zone. `previousDate` is the calendar day before `scheduledDate`.
 */
export function scheduleFacts(timezone: string, scheduledTime: number): Readonly<Record<string, string>> {
  const clock = wallClockAt(timezone, scheduledTime)
  const scheduledDate = dateText(clock)
  return {
    scheduledTime: eventSecond(scheduledTime),
    scheduledDate,
    previousDate: new Date(Date.parse(`${scheduledDate}T00:00:00Z`) - DAY).toISOString().slice(0, 10),
    year: String(clock.year),
    month: twoDigits(clock.month),
    day: twoDigits(clock.day),
    hour: twoDigits(clock.hour),
  }
}

function dateText({ year, month, day }: WallClock): string {
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}

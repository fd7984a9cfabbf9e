import { CRON_FIELDS, cronNumber, cronNumbers } from './cron-field.ts'

/** Which days of a month a cron expression means. Days of the week are 1 (Sunday) to 7 (Saturday), as AWS counts. */
export type DayRule =
  | { readonly type: 'daysOfMonth'; readonly days: readonly number[] }
  | { readonly type: 'lastDayOfMonth' }
  /** The Monday to Friday nearest to this day, in the same month. */
  | { readonly type: 'nearestWeekday'; readonly day: number }
  | { readonly type: 'daysOfWeek'; readonly days: readonly number[] }
  | { readonly type: 'nthDayOfWeek'; readonly day: number; readonly nth: number }
  | { readonly type: 'lastDayOfWeek'; readonly day: number }

/** A date of the calendar; months from 1. */
export interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Reads the field day-of-month (not `?`); or says in words what is wrong. */
export function dayOfMonthRule(text: string): DayRule | string {
  if (text.toUpperCase() === 'L') return { type: 'lastDayOfMonth' }
  const [, day] = /^(\d{1,2})W$/i.exec(text) ?? []
  if (day !== undefined) {
    const number = cronNumber(day, CRON_FIELDS.dayOfMonth)
    return number === undefined
      ? `\`${text}\` names no day from 1 to 31`
      : { type: 'nearestWeekday', day: number }
  }
  const days = cronNumbers(text, CRON_FIELDS.dayOfMonth)
  return typeof days === 'string' ? days : { type: 'daysOfMonth', days }
}

/** Reads the field day-of-week (not `?`); or says in words what is wrong. */
export function dayOfWeekRule(text: string): DayRule | string {
  if (text.toUpperCase() === 'L') return { type: 'daysOfWeek', days: [7] }
  const [, name, kind, nth] = /^(\w+?)(L|#)(\d?)$/i.exec(text) ?? []
  if (name !== undefined && (kind === '#' || nth === '')) {
    const day = cronNumber(name, CRON_FIELDS.dayOfWeek)
    if (day === undefined) return `\`${text}\` names no day from 1 to 7 or SUN-SAT`
    if (kind !== '#') return { type: 'lastDayOfWeek', day }
    return nth !== undefined && /[1-5]/.test(nth)
      ? { type: 'nthDayOfWeek', day, nth: Number(nth) }
      : `\`${text}\` names no week from 1 to 5 behind its \`#\``
  }
  if (text === '0') return '`0` is no day of the week on AWS, which counts from 1 (Sunday) to 7 (Saturday)'
  const days = cronNumbers(text, CRON_FIELDS.dayOfWeek)
  return typeof days === 'string' ? days : { type: 'daysOfWeek', days }
}

/** Whether the rule means this date. */
export function isDayOf(rule: DayRule, { year, month, day }: CalendarDate): boolean {
  const weekday = weekdayOf(year, month, day)
  const last = daysIn(year, month)
  switch (rule.type) {
    case 'daysOfMonth':
      return rule.days.includes(day)
    case 'lastDayOfMonth':
      return day === last
    case 'nearestWeekday':
      return rule.day <= last && day === nearestWeekday(year, month, rule.day, last)
    case 'daysOfWeek':
      return rule.days.includes(weekday)
    case 'nthDayOfWeek':
      return weekday === rule.day && Math.ceil(day / 7) === rule.nth
    case 'lastDayOfWeek':
      return weekday === rule.day && day > last - 7
  }
}

function nearestWeekday(year: number, month: number, day: number, last: number): number {
  const weekday = weekdayOf(year, month, day)
  if (weekday === 7) return day > 1 ? day - 1 : day + 2
  if (weekday === 1) return day < last ? day + 1 : day - 2
  return day
}

function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

import { CRON_FIELDS, cronNumbers } from './cron-field.ts'
import { type CalendarDate, type DayRule, dayOfMonthRule, dayOfWeekRule, isDayOf } from './day-rule.ts'

/** A cron expression of EventBridge Scheduler, read: the local minutes at which it fires. */
export interface Cron {
  readonly type: 'cron'
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly months: readonly number[]
  readonly years: readonly number[]
  readonly day: DayRule
}

/** Why a text is no cron expression. Offsets are UTF-16 units into the text. */
export interface CronFault {
  readonly type: 'fault'
  readonly message: string
  readonly mend: string
  readonly start: number
  readonly end: number
}

interface Field {
  readonly text: string
  readonly start: number
}

/**
 * Reads the six fields `minutes hours day-of-month month day-of-week year` as EventBridge Scheduler does: Sunday is 1,
 * and exactly one of the two day fields is `?`.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export function parseCron(text: string): Cron | CronFault {
  const fields = Array.from(text.matchAll(/\S+/g), match => ({ text: match[0], start: match.index }))
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year, ...more] = fields
  if (!minutes || !hours || !dayOfMonth || !month || !dayOfWeek || !year || more.length > 0) {
    return wrongCount(text, fields)
  }
  const day = dayRule(dayOfMonth, dayOfWeek)
  if ('fault' in day) return day.fault
  const lists = []
  for (const [field, kind] of [
    [minutes, CRON_FIELDS.minutes],
    [hours, CRON_FIELDS.hours],
    [month, CRON_FIELDS.month],
    [year, CRON_FIELDS.year],
  ] as const) {
    const numbers = cronNumbers(field.text, kind)
    if (typeof numbers === 'string') return faultOf(field, kind.name, numbers)
    lists.push(numbers)
  }
  const [minuteList = [], hourList = [], months = [], years = []] = lists
  const cron: Cron = { type: 'cron', minutes: minuteList, hours: hourList, months, years, day: day.rule }
  return hasAnyDate(cron) ? cron : noSuchDate(dayOfMonth)
}

/** Whether the expression fires on this local date. */
export function firesOn({ months, years, day }: Cron, date: CalendarDate): boolean {
  return months.includes(date.month) && years.includes(date.year) && isDayOf(day, date)
}

function dayRule(
  dayOfMonth: Field,
  dayOfWeek: Field,
): { readonly rule: DayRule } | { readonly fault: CronFault } {
  const unused = [dayOfMonth, dayOfWeek].filter(({ text }) => text === '?')
  if (unused.length !== 1) {
    const message =
      unused.length === 0 ? 'Both day fields are set' : 'Both day fields are `?`, so it has no day'
    const mend = 'Write `?` for exactly one of day-of-month and day-of-week.'
    const { start, text } = dayOfWeek
    return { fault: { type: 'fault', message: `${message}.`, mend, start, end: start + text.length } }
  }
  const byMonth = dayOfWeek.text === '?'
  const [field, kind] = byMonth
    ? ([dayOfMonth, CRON_FIELDS.dayOfMonth] as const)
    : ([dayOfWeek, CRON_FIELDS.dayOfWeek] as const)
  const rule = byMonth ? dayOfMonthRule(field.text) : dayOfWeekRule(field.text)
  return typeof rule === 'string' ? { fault: faultOf(field, kind.name, rule) } : { rule }
}

/** Whether there is any such date at all: 30 February is none. */
function hasAnyDate(cron: Cron): boolean {
  for (const year of cron.years) {
    for (const month of cron.months) {
      for (let day = 1; day <= new Date(Date.UTC(year, month, 0)).getUTCDate(); day++) {
        if (isDayOf(cron.day, { year, month, day })) return true
      }
    }
  }
  return false
}

function wrongCount(text: string, fields: readonly Field[]): CronFault {
  const five = fields.length === 5 ? ' Crontab has five; AWS adds the year and wants a `?` for one day.' : ''
  return {
    type: 'fault',
    message: `An AWS cron expression has six fields, this has ${fields.length}.${five}`,
    mend: 'Write minutes, hours, day-of-month, month, day-of-week and year, like `0 2 * * ? *`.',
    start: 0,
    end: text.length,
  }
}

function faultOf({ text, start }: Field, name: string, problem: string): CronFault {
  return {
    type: 'fault',
    message: `In the field ${name}, ${problem}.`,
    mend: 'Write it as EventBridge Scheduler takes it, like `0 2 * * ? *`.',
    start,
    end: start + text.length,
  }
}

function noSuchDate({ text, start }: Field): CronFault {
  const message = 'There is no such date in these months: it would never fire.'
  return { type: 'fault', message, mend: 'Correct the day or the month.', start, end: start + text.length }
}

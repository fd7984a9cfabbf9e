import { type CronFault, parseCron } from '../schedule/cron.ts'
import { parseRate } from '../schedule/rate.ts'
import { isTimeZone, timeZones } from '../schedule/time-zone.ts'
import { didYouMean } from './did-you-mean.ts'
import { type Draft, triggersOf } from './draft.ts'
import { shown, shownName } from './escape-text.ts'
import type { Path, Problem } from './problem.ts'
import type { TriggerFile } from './trigger-schema.ts'

type ScheduleFile = NonNullable<TriggerFile['schedule']>

/** E160, E161 and E152: when schedules fire. */
export function* checkSchedules(draft: Draft): Generator<Problem> {
  const known = new Map<string, number>()
  for (const [index, schedule] of triggersOf(draft, 'schedule')) {
    const path = ['triggers', index, 'schedule']
    yield* checkExpression(path, schedule)
    yield* checkTimezone(path, schedule)
    const { cron, rate, timezone = 'UTC' } = schedule
    const same = `${cron} ${rate} ${timezone}`
    const earlier = known.get(same)
    if (earlier !== undefined) {
      const message = `triggers[${earlier}] and triggers[${index}] are equal.`
      yield { code: 'E152', path, message, mend: 'Keep one of them.' }
    }
    known.set(same, earlier ?? index)
  }
}

function* checkExpression(path: Path, { cron, rate }: ScheduleFile): Generator<Problem> {
  if ((cron === undefined) === (rate === undefined)) {
    const message =
      cron === undefined
        ? 'The schedule has neither `cron` nor `rate`.'
        : 'The schedule has both `cron` and `rate`.'
    yield { code: 'E160', path, message, mend: 'Write one of them, like `cron: "0 2 * * ? *"`.' }
    return
  }
  if (cron !== undefined) {
    const fault = cronFault(cron)
    if (!fault) return
    const { message, mend, start, end } = fault
    const at = { value: { start, end: Math.max(end, start + 1) } }
    yield { code: 'E160', path: [...path, 'cron'], at, message, mend }
  } else if (rate !== undefined && !parseRate(rate)) {
    const message = `${shown(rate)} is no rate.`
    const mend = 'Write a number and minute, hour or day, like "1 hour" or "5 minutes".'
    yield { code: 'E160', path: [...path, 'rate'], message, mend }
  }
}

function cronFault(text: string): CronFault | undefined {
  if (/^\s*cron\(/.test(text)) {
    const message = 'The key says `cron` already.'
    return {
      type: 'fault',
      message,
      mend: 'Write the six fields only, like `0 2 * * ? *`.',
      start: 0,
      end: text.length,
    }
  }
  const cron = parseCron(text)
  return cron.type === 'fault' ? cron : undefined
}

function* checkTimezone(path: Path, { timezone }: ScheduleFile): Generator<Problem> {
  if (timezone === undefined || isTimeZone(timezone)) return
  const meant = didYouMean(timezone, timeZones())
  const mend = meant
    ? `Did you mean ${shownName(meant)}?`
    : 'Write a name of the IANA database, like `Europe/Berlin`.'
  const message = `The time zone ${shownName(timezone)} is unknown.`
  yield { code: 'E161', path: [...path, 'timezone'], message, mend }
}

import { Cron } from 'croner'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextFiring, previousFiring, timingOf } from '../../../src/core/schedule/firing-time.ts'
import { firings } from './firings.ts'

describe('daylight saving, as AWS has it', () => {
  it.each([
    [
      'a skipped 02:30 does not fire that day',
      'cron(30 2 * * ? *)',
      'Europe/Berlin',
      '2026-03-28T00:00:00Z',
      ['2026-03-28T01:30', '2026-03-30T00:30'],
    ],
    [
      'a doubled 02:30 fires once, the first time',
      'cron(30 2 * * ? *)',
      'Europe/Berlin',
      '2026-10-25T00:00:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'each hour leaves the doubled one out',
      'cron(0 * * * ? *)',
      'Europe/Berlin',
      '2026-10-25T00:00:00Z',
      ['2026-10-25T00:00', '2026-10-25T02:00', '2026-10-25T03:00'],
    ],
    [
      'each hour goes on over the skipped one',
      'cron(0 * * * ? *)',
      'America/New_York',
      '2026-03-08T06:00:00Z',
      ['2026-03-08T06:00', '2026-03-08T07:00', '2026-03-08T08:00'],
    ],
    [
      'half an hour of daylight saving',
      'cron(45 1 * * ? *)',
      'Australia/Lord_Howe',
      '2026-04-04T00:00:00Z',
      ['2026-04-04T14:45', '2026-04-05T15:15'],
    ],
    [
      'a day that a zone left out',
      'cron(0 12 * * ? *)',
      'Pacific/Apia',
      '2011-12-29T00:00:00Z',
      ['2011-12-29T22:00', '2011-12-30T22:00'],
    ],
    [
      'rates count in hours of 60 minutes',
      'rate(1 day)',
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T00:00', '2026-03-30T00:00'],
    ],
  ])('%s', (_title, expression, timezone, after, expected) => {
    expect(firings(expression, timezone, after, expected.length)).toEqual(expected)
  })
})

const list = (least: number, most: number) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: least, max: most }).map(String),
    fc
      .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
      .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
    fc
      .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: 1, max: 7 }))
      .map(parts => parts.join('/')),
  )
const days = fc.oneof(
  fc.tuple(fc.oneof(list(1, 28), fc.constantFrom('L', '15W')), fc.constant('?')),
  fc.tuple(fc.constant('?'), fc.oneof(list(1, 7), fc.constantFrom('2#3', '6L', 'SUN,TUE'))),
)

describe('nextFiring', () => {
  it('agrees with croner where both mean the same: in UTC', () => {
    fc.assert(
      fc.property(
        list(0, 59),
        list(0, 23),
        days,
        list(1, 12),
        fc.integer({ min: 0, max: 2 ** 41 }),
        (minute, hour, [dayOfMonth, dayOfWeek], month, after) => {
          const text = [minute, hour, dayOfMonth, month, dayOfWeek].join(' ')
          const mine = nextFiring({ expression: `cron(${text} *)`, timezone: 'UTC' }, after)
          expect(mine).toBe(cronersNext(minute, hour, dayOfMonth, month, dayOfWeek, after))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is the inverse of previousFiring, in zones with daylight saving too', () => {
    fc.assert(
      fc.property(
        list(0, 59),
        list(0, 23),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC'),
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
        (minute, hour, timezone, after) => {
          const timing = { expression: `cron(${minute} ${hour} * * ? *)`, timezone }
          const next = nextFiring(timing, after) ?? 0
          expect(next).toBeGreaterThan(after)
          expect(previousFiring(timing, next)).toBe(next)
          expect(previousFiring(timing, next - 1) ?? 0).toBeLessThanOrEqual(after)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('ends with the last year', () => {
    expect(
      nextFiring({ expression: 'cron(0 0 1 1 ? 2026)', timezone: 'UTC' }, Date.UTC(2026, 6)),
    ).toBeUndefined()
    expect(
      previousFiring({ expression: 'cron(0 0 1 1 ? 2026)', timezone: 'UTC' }, Date.UTC(2025, 6)),
    ).toBeUndefined()
  })
})

it.each([
  'cron(0 2 * * *)',
  'rate(1 hours)',
  'rate(2 hour)',
  'rate(0 hours)',
  'at(2026-11-21T00:00:00)',
  '1 hour',
])('takes no unchecked schedule: %s', expression =>
  expect(() => timingOf(expression)).toThrow('is no schedule'),
)

function cronersNext(
  ...[minute, hour, dayOfMonth, month, dayOfWeek, after]: [string, string, string, string, string, number]
): number | undefined {
  const stepped = (text: string, most: number) => text.replace(/^(\d+)\//, `$1-${most}/`)
  const fields = [
    stepped(minute, 59),
    stepped(hour, 23),
    stepped(dayOfMonth, 31),
    stepped(month, 12),
    stepped(dayOfWeek, 7),
  ]
  const cron = new Cron(`0 ${fields.join(' ')}`, { timezone: 'UTC', alternativeWeekdays: true, paused: true })
  return cron.nextRun(new Date(after))?.getTime()
}

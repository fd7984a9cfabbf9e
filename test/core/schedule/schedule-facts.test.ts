import { expect, it } from 'vitest'
import { scheduleFacts } from '../../../src/core/schedule/schedule-facts.ts'
import { SCHEDULE_NAMES } from '../../../src/core/workflow/trigger-names.ts'

it.each([
  [
    'in the zone of the schedule',
    'Europe/Berlin',
    '2026-12-31T23:30:00Z',
    {
      scheduledDate: '2027-01-01',
      previousDate: '2026-12-31',
      year: '2027',
      month: '01',
      day: '01',
      hour: '00',
    },
  ],
  [
    'west of UTC',
    'America/New_York',
    '2026-03-01T03:05:00Z',
    {
      scheduledDate: '2026-02-28',
      previousDate: '2026-02-27',
      year: '2026',
      month: '02',
      day: '28',
      hour: '22',
    },
  ],
  [
    'in a leap year',
    'UTC',
    '2028-03-01T00:00:00Z',
    {
      scheduledDate: '2028-03-01',
      previousDate: '2028-02-29',
      year: '2028',
      month: '03',
      day: '01',
      hour: '00',
    },
  ],
])('gives date and hour %s', (_title, timezone, scheduledTime, clock) => {
  const facts = scheduleFacts(timezone, Date.parse(scheduledTime))
  expect(facts).toEqual({ scheduledTime, ...clock })
  expect(Object.keys(facts)).toEqual(SCHEDULE_NAMES)
})

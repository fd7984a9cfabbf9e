import { describe, expect, it } from 'vitest'
import { parseCron } from '../../../src/core/schedule/cron.ts'
import { firings } from './firings.ts'

describe('parseCron', () => {
  it.each([
    ['crontab', '0 2 * * *', 'has six fields, this has 5. Crontab has five', '0 2 * * *'],
    ['nothing', '', 'this has 0', ''],
    ['a minute of 60', '60 2 * * ? *', 'In the field minutes, `60` is not from 0 to 59', '60'],
    ['an hour by name', '0 JAN * * ? *', 'In the field hours', 'JAN'],
    ['an unknown month', '0 2 1 FOO ? *', 'is not from 1 to 12 or JAN-DEC', 'FOO'],
    ['a backward range', '0 2 ? * FRI-MON *', 'goes backwards', 'FRI-MON'],
    ['a step of 0', '0/0 2 * * ? *', 'has no step of 1 or more', '0/0'],
    ['two steps', '0/2/2 2 * * ? *', 'has no step', '0/2/2'],
    ['both days', '0 2 1 * MON *', 'Both day fields are set', 'MON'],
    ['stars for both days', '0 2 * * * *', 'Both day fields are set', '*'],
    ['no day', '0 2 ? * ? *', 'Both day fields are `?`', '?'],
    ['the Sunday of crontab', '0 2 ? * 0 *', '`0` is no day of the week on AWS', '0'],
    ['a sixth week', '0 2 ? * MON#6 *', 'names no week from 1 to 5', 'MON#6'],
    ['a weekday near day 32', '0 2 32W * ? *', 'names no day from 1 to 31', '32W'],
    ['a year too far', '0 2 * * ? 2200', 'is not from 1970 to 2199', '2200'],
    ['30 February', '0 2 30 2 ? *', 'There is no such date', '30'],
    ['29 February of a common year', '0 2 29 2 ? 2027', 'There is no such date', '29'],
  ])('refuses %s', (_title, text, message, marked) => {
    const fault = parseCron(text)
    if (fault.type !== 'fault') throw new Error('no fault')
    expect(fault.message).toContain(message)
    expect(text.slice(fault.start, fault.end)).toBe(marked)
  })

  it.each([
    ['each day', '0 2 * * ? *', ['2026-11-21T02:00', '2026-11-22T02:00', '2026-11-23T02:00']],
    ['steps from a start', '5/20 0 21 * ? *', ['2026-11-21T00:05', '2026-11-21T00:25', '2026-11-21T00:45']],
    ['lists and ranges', '0 1,3-4 * * ? *', ['2026-11-21T01:00', '2026-11-21T03:00', '2026-11-21T04:00']],
    ['weekdays by name', '0 6 ? * MON-WED *', ['2026-11-23T06:00', '2026-11-24T06:00', '2026-11-25T06:00']],
    ['weekdays by number', '0 6 ? * 1 *', ['2026-11-22T06:00', '2026-11-29T06:00', '2026-12-06T06:00']],
    ['the last day', '0 6 L * ? *', ['2026-11-30T06:00', '2026-12-31T06:00', '2027-01-31T06:00']],
    ['the last Friday', '0 6 ? * 6L *', ['2026-11-27T06:00', '2026-12-25T06:00', '2027-01-29T06:00']],
    ['the last day of the week', '0 6 ? * L *', ['2026-11-21T06:00', '2026-11-28T06:00', '2026-12-05T06:00']],
    ['the second Tuesday', '0 6 ? * TUE#2 *', ['2026-12-08T06:00', '2027-01-12T06:00', '2027-02-09T06:00']],
    [
      'a weekday near a Saturday',
      '0 6 21W 11 ? *',
      ['2027-11-22T06:00', '2028-11-21T06:00', '2029-11-21T06:00'],
    ],
    [
      'a weekday near the first',
      '0 6 1W * ? 2027',
      ['2027-01-01T06:00', '2027-02-01T06:00', '2027-03-01T06:00'],
    ],
    ['29 February', '0 6 29 2 ? *', ['2028-02-29T06:00', '2032-02-29T06:00', '2036-02-29T06:00']],
    ['one year', '0 6 30 12 ? 2026', ['2026-12-30T06:00']],
  ])('reads %s', (_title, text, expected) => {
    expect(firings(`cron(${text})`, 'UTC', '2026-11-21T00:00:00Z', 3)).toEqual(expected)
  })
})

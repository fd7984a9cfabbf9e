import { expect, it } from 'vitest'
import { clockTime, elapsed, isoTime } from '../../../src/cli/terminal/time.ts'

it.each([
  [0, '0.0s'],
  [999, '0.9s'],
  [9_999, '9.9s'],
  [59_999, '59s'],
  [185_000, '3m05s'],
  [3_600_000, '1h00m'],
  [7_620_000, '2h07m'],
  [86_400_000 * 4 + 3 * 3_600_000, '4d03h'],
  [-5, '0.0s'],
])('writes %i ms as %s', (milliseconds, text) => expect(elapsed(milliseconds)).toBe(text))

it('writes a time in UTC, for people and for programs', () => {
  const at = Date.UTC(2026, 10, 21, 2, 3, 4, 5)
  expect(clockTime(at, true)).toBe('2026-11-21 02:03:04Z')
  expect(isoTime(at)).toBe('2026-11-21T02:03:04.005Z')
  expect(isoTime(undefined)).toBeUndefined()
})

it('writes a time of this machine as long as one in UTC, less the Z', () => {
  expect(clockTime(0, false)).toMatch(/^(1970-01-01|1969-12-31) \d\d:\d\d:\d\d$/)
})

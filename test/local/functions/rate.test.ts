import { expect, it } from 'vitest'
import { rateInterval } from '../../../src/local/functions/rate.ts'

it.each([
  ['rate(1 minute)', 60_000],
  ['rate(5 minutes)', 300_000],
  ['rate(1 hour)', 3_600_000],
  ['rate(30 days)', 2_592_000_000],
  ['rate(1 minutes)', undefined],
  ['rate(5 minute)', undefined],
  ['rate(0 minutes)', undefined],
  ['rate(1.5 hours)', undefined],
  ['rate(5 seconds)', undefined],
  ['rate(5  minutes)', undefined],
  ['cron(0 2 * * ? *)', undefined],
  ['', undefined],
])('reads %j as %j milliseconds', (expression, interval) => expect(rateInterval(expression)).toBe(interval))

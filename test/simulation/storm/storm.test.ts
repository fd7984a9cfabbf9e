import { expect, it } from 'vitest'
import { quotaUse } from './quota-use.ts'
import { runStorm } from './run-storm.ts'

it('uses the quota while work waits, and loses and doubles nothing', async () => {
  const { wrongs, submitted, used, seconds } = await runStorm(600)
  expect(wrongs).toEqual([])
  expect(submitted).toBe(1800)
  expect(seconds).toBeGreaterThan(15)
  expect(used).toBeGreaterThanOrEqual(0.85)
})

it('counts the use of a quota only while enough waits', () => {
  const waited = [0, 0, 0, 5000].map((readyAt, index) => ({ readyAt, submittedAt: (index + 1) * 1000 }))
  expect(quotaUse(waited, 2, 2)).toEqual({ seconds: 2, used: 0.5 })
  expect(quotaUse([], 2, 2)).toEqual({ seconds: 0, used: 0 })
})

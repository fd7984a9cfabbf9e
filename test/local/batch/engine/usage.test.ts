import { expect, it } from 'vitest'
import { Usage } from '../../../../src/local/batch/engine/usage.ts'

const WINDOW = 1000

it('approaches what is in use, and forgets it again', () => {
  const usage = new Usage()
  usage.change(4, 0, WINDOW)
  expect(usage.average(0, WINDOW)).toBe(0)
  expect(usage.average(WINDOW, WINDOW)).toBeCloseTo(4 * (1 - 1 / Math.E))
  expect(usage.average(100 * WINDOW, WINDOW)).toBeCloseTo(4)
  usage.change(-4, 100 * WINDOW, WINDOW)
  expect(usage.inUse).toBe(0)
  expect(usage.average(101 * WINDOW, WINDOW)).toBeCloseTo(4 / Math.E)
})

it('is the same whether it was seen as it happened or recalled afterwards', () => {
  const seen = new Usage()
  seen.change(2, 500, WINDOW)
  seen.change(-2, 1500, WINDOW)
  const recalled = new Usage()
  recalled.recall(2, 500, 1500, 2500, WINDOW)
  expect(recalled.average(2500, WINDOW)).toBeCloseTo(seen.average(2500, WINDOW))
  expect(recalled.average(4000, WINDOW)).toBeCloseTo(seen.average(4000, WINDOW))
})

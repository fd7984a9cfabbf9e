import { expect, it } from 'vitest'
import { measured, spreadOf } from '../../bench/spread.ts'

it.each([
  ['of an odd number, the middle one', [3, 1, 2], { median: 2, min: 1, max: 3 }],
  ['of an even number, between the middle two', [4, 1, 2, 10], { median: 3, min: 1, max: 10 }],
  ['of one, that one', [7], { median: 7, min: 7, max: 7 }],
])('takes as the median %s', (_title, values, spread) => {
  expect(spreadOf(values)).toEqual(spread)
})

it('leaves the rounds that only warm up out', async () => {
  expect(await measured({ warmUp: 2, count: 3 }, round => round)).toEqual({ median: 3, min: 2, max: 4 })
})

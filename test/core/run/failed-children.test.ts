import fc from 'fast-check'
import { expect, it } from 'vitest'
import { indexRanges, rangeIndexes } from '../../../src/core/run/failed-children.ts'

it.each([
  [[9, 3, 12, 14, 13], '3,9,12-14'],
  [[0], '0'],
  [[1, 2], '1-2'],
  [[5, 5], '5'],
])('writes %j as %s', (indexes, ranges) => expect(indexRanges(indexes)).toBe(ranges))

it('loses no index', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(10_000), { minLength: 1 }), indexes => {
      expect(rangeIndexes(indexRanges(indexes))).toEqual(indexes.toSorted((a, b) => a - b))
    }),
  )
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareKeys } from '../../../../src/local/s3/store/key-order.ts'

const key = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc
    .array(fc.constantFrom('a', '\u007f', 'é', '\ud7ff', '\ue000', '\uffff', '😀', '\u{10ffff}'), {
      maxLength: 4,
    })
    .map(units => units.join('')),
)

it('orders keys as their UTF-8 bytes are ordered', () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
    { numRuns: 500 },
  )
})

it('puts an emoji behind U+FFFF, where plain comparison puts it before', () => {
  expect(['😀', '\uffff', 'z'].sort(compareKeys)).toEqual(['z', '\uffff', '😀'])
  expect(['😀', '\uffff', 'z'].sort()).toEqual(['z', '😀', '\uffff'])
})

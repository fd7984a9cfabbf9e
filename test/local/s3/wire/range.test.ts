import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRange } from '../../../../src/local/s3/wire/range.ts'

describe('parseRange', () => {
  it.each([
    ['bytes=0-0', 10, { start: 0, end: 0 }],
    ['bytes=2-5', 10, { start: 2, end: 5 }],
    ['bytes=2-', 10, { start: 2, end: 9 }],
    ['bytes=2-99', 10, { start: 2, end: 9 }],
    ['bytes=-3', 10, { start: 7, end: 9 }],
    ['bytes=-99', 10, { start: 0, end: 9 }],
    [' Bytes = 1-2 ', 10, { start: 1, end: 2 }],
    [undefined, 10, undefined],
    ['bytes=5-2', 10, undefined],
    ['bytes=-', 10, undefined],
    ['bytes=0-1,4-5', 10, undefined],
    ['lines=0-1', 10, undefined],
    ['bytes=a-b', 10, undefined],
  ])('reads %j of %i bytes', (header, size, range) => expect(parseRange(header, size)).toEqual(range))

  it.each([
    ['bytes=10-', 10],
    ['bytes=10-20', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
    ['bytes=-1', 0],
  ])('refuses %j of %i bytes', (header, size) => {
    expect(() => parseRange(header, size)).toThrow(
      expect.objectContaining({ code: 'InvalidRange', status: 416 }),
    )
  })

  it('never leaves the object', () => {
    const part = fc.oneof(fc.constant(''), fc.nat(30).map(String))
    fc.assert(
      fc.property(part, part, fc.nat(20), (first, last, size) => {
        let range: ReturnType<typeof parseRange>
        try {
          range = parseRange(`bytes=${first}-${last}`, size)
        } catch {
          return // refused: nothing is read
        }
        if (range === undefined) return
        expect(range.start).toBeGreaterThanOrEqual(0)
        expect(range.start).toBeLessThanOrEqual(range.end)
        expect(range.end).toBeLessThan(size)
      }),
    )
  })
})

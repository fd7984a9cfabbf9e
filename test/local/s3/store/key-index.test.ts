import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyIndex } from '../../../../src/local/s3/store/key-index.ts'

const bytesOrder = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
const keysOf = (index: KeyIndex<unknown>) => Array.from({ length: index.size }, (_, i) => index.keyAt(i))

it('holds what was set and not deleted, in order, whatever the history', () => {
  const key = fc.string({ unit: 'grapheme', maxLength: 2 })
  const step = fc.record({ key, value: fc.option(fc.nat(9), { nil: undefined }) })
  fc.assert(
    fc.property(fc.array(key), fc.array(step), (initial, steps) => {
      const index = new KeyIndex<number>(initial.map(name => [name, -1]))
      const model = new Map(initial.map(name => [name, -1]))
      for (const { key: name, value } of steps) {
        if (value === undefined) index.delete(name)
        else index.set(name, value)
        if (value === undefined) model.delete(name)
        else model.set(name, value)
      }
      expect(keysOf(index)).toEqual([...model.keys()].sort(bytesOrder))
      for (const name of model.keys()) expect(index.get(name)).toBe(model.get(name))
    }),
  )
})

it('finds positions by key and by prefix', () => {
  const index = new KeyIndex(['a', 'b/1', 'b/2', 'b/\u{10ffff}x', 'c'].map(key => [key, key]))
  expect(index.firstAtLeast('b/1')).toBe(1)
  expect(index.firstAfter('b/1')).toBe(2)
  expect(index.firstBeyond('b/')).toBe(4)
  expect(index.firstBeyond('bb')).toBe(4)
  expect(index.firstBeyond('')).toBe(5)
})

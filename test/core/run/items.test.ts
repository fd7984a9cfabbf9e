import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkCount,
  itemsOfLines,
  itemsOfManifest,
  itemsOfObjects,
  listedItems,
  manifestOf,
  textItem,
} from '../../../src/core/run/items.ts'
import { hostileKeys } from '../hostile-keys.ts'

describe('items of lines', () => {
  it.each([
    ['with and without an end', 'a\nb', ['a', 'b']],
    ['ends of both kinds', 'a\r\nb\nc\r\n', ['a', 'b', 'c']],
    ['empty lines', '\n\na\n  \n\t\r\n', ['a']],
    ['blanks, which belong to them', ' a \nb\t', [' a ', 'b\t']],
    ['a carriage return inside', 'a\rb\n', ['a\rb']],
    [
      'what only looks like a line of a manifest',
      '{"uri":\n{"name":"x"}\n"x"',
      ['{"uri":', '{"name":"x"}', '"x"'],
    ],
    ['nothing', '', []],
  ])('are %s', (_title, text, lines) => {
    expect(itemsOfLines(text)).toEqual(lines.map(textItem))
  })

  it('are objects where a manifest is read', () => {
    const object = { uri: 's3://b/k', bucket: 'b', key: 'k', size: 3, etag: 'e' }
    const items = itemsOfObjects([{ bucket: 'b', key: 'k', size: 3, etag: 'e' }], 's3://out/w/r')
    expect(items).toEqual([JSON.stringify(object)])
    expect(itemsOfLines(manifestOf(items))).toEqual(items)
  })

  it('are taken byte for byte, and given back so by the manifest', () => {
    const line = fc.oneof(fc.constantFrom(...hostileKeys), fc.string({ unit: 'binary' }))
    const plain = line
      .map(text => text.replaceAll(/[\n\r]/g, ''))
      .filter(text => text.trim() !== '' && !text.startsWith('{'))
    fc.assert(
      fc.property(fc.array(plain), lines => {
        const items = itemsOfLines(lines.join('\n'))
        const read = itemsOfManifest(manifestOf(items))
        expect(read.map(item => JSON.parse(item))).toEqual(lines)
      }),
    )
  })
})

describe('items of a prefix', () => {
  it('are its objects, without folder markers and what Batchwise wrote', () => {
    const object = (key: string, size = 1) => ({ bucket: 'out', key, size, etag: 'e' })
    const items = itemsOfObjects(
      [object('w/r/', 0), object('w/r/_batchwise/a.1.jsonl'), object('w/r/x', 0), object('w/r/y/')],
      's3://out/w/r',
    )
    expect(items.map(item => JSON.parse(item).key)).toEqual(['w/r/x', 'w/r/y/'])
  })
})

it('refuses more than an array can have, and says what to do', () => {
  const items = Array.from({ length: 10_001 }, (_, index) => textItem(`${index}`))
  expect(checkCount('a', 's3://b/k', items.slice(1))).toHaveLength(10_000)
  expect(() => checkCount('a', 's3://b/k', items)).toThrow(
    'The items of job "a" cannot be taken from s3://b/k: it holds 10001 items, and an array has at most 10000 children. Put several items on a line of a file',
  )
})

it('lists short items a line each', () => {
  expect(listedItems([textItem('a b'), '{"uri":"s3://b/k"}'])).toBe('a b\ns3://b/k')
  expect(listedItems([])).toBeUndefined()
})

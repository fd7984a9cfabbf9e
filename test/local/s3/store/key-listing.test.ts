import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyIndex } from '../../../../src/local/s3/store/key-index.ts'
import { listKeys } from '../../../../src/local/s3/store/key-listing.ts'

const indexOf = (keys: readonly string[]) => new KeyIndex(keys.map(key => [key, true]))
const query = { prefix: '', delimiter: '', after: '', limit: 1000 }

/** What a listing holds, written as plainly as possible. */
function expected(keys: readonly string[], prefix: string, delimiter: string): readonly string[] {
  const entries = keys
    .filter(key => key.startsWith(prefix))
    .map(key => {
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
      return end < 0 ? key : key.slice(0, end + delimiter.length)
    })
  return [...new Set(entries)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}

describe('listKeys', () => {
  it('lists page by page what one large page would, each entry once', () => {
    const text = (maxLength: number) =>
      fc.array(fc.constantFrom('a', 'b', '/', '😀', '\uffff'), { maxLength }).map(units => units.join(''))
    const keys = fc.array(text(5).filter(key => key !== ''))
    fc.assert(
      fc.property(keys, text(2), text(1), fc.integer({ min: 1, max: 4 }), (all, prefix, delimiter, limit) => {
        const index = indexOf(all)
        const entries: string[] = []
        for (let after: string | undefined = ''; after !== undefined; ) {
          const page = listKeys(index, { prefix, delimiter, after, limit })
          expect(page.keys.length + page.commonPrefixes.length).toBeLessThanOrEqual(limit)
          entries.push(...expected([...page.keys, ...page.commonPrefixes], '', ''))
          after = page.next
        }
        expect(entries).toEqual(expected(all, prefix, delimiter))
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['begins behind a key', { after: 'a/1' }, ['a/2', 'b'], []],
    ['begins behind a key that is not there', { after: 'a/11' }, ['a/2', 'b'], []],
    ['still shows the prefix of keys behind a key in it', { after: 'a/1', delimiter: '/' }, ['b'], ['a/']],
    ['goes on behind a common prefix', { after: 'a/', delimiter: '/' }, ['b'], []],
    ['lists nothing for a limit of zero, and no more to come', { limit: 0 }, [], []],
    ['takes a delimiter of several characters', { delimiter: '/1' }, ['a/2', 'b'], ['a/1']],
    ['lists nothing where nothing begins so', { prefix: 'x' }, [], []],
  ])('%s', (_title, asked, keys, commonPrefixes) => {
    expect(listKeys(indexOf(['a/1', 'a/2', 'b']), { ...query, ...asked })).toEqual({
      keys,
      commonPrefixes,
      next: undefined,
    })
  })

  it('says where to go on only if there is more', () => {
    expect(listKeys(indexOf(['a', 'b']), { ...query, limit: 1 }).next).toBe('a')
    expect(listKeys(indexOf(['a', 'b']), { ...query, limit: 2 }).next).toBeUndefined()
    expect(listKeys(indexOf(['a/1', 'a/2']), { ...query, delimiter: '/', limit: 1 }).next).toBeUndefined()
  })
})

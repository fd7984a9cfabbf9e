import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missingOf, parseSetManifest, uriOf } from '../../../src/core/collect/set-manifest.ts'
import { hostileKeys } from '../hostile-keys.ts'

const OWN = { bucket: 'in', key: 'runs/7/manifest.json' }
const LONG = 'k'.repeat(1025)

function read(text: string): readonly string[] | string {
  const manifest = parseSetManifest(text, OWN)
  return manifest.type === 'listed' ? manifest.objects.map(uriOf) : manifest.reason
}

describe('the manifest of a set', () => {
  it.each<[string, string, readonly string[] | string]>([
    ['an array of keys', '["a", "b c"]', ['s3://in/a', 's3://in/b c']],
    ['an array over lines', ' [\n "a",\n "b"\n]\n', ['s3://in/a', 's3://in/b']],
    ['lines', 'a\r\n\nb\n', ['s3://in/a', 's3://in/b']],
    ['URIs, of other buckets too', 's3://in/a\ns3://other/b\n', ['s3://in/a', 's3://other/b']],
    ['lines of a manifest of ours', '{"uri":"s3://in/a","size":3}\n', ['s3://in/a']],
    ['what stands there twice', '["a", "s3://in/a"]', ['s3://in/a']],
    ['itself among them', '["a", "runs/7/manifest.json"]', ['s3://in/a']],
    ['a key that begins like an array', '[1] a.csv\n', ['s3://in/[1] a.csv']],
    ['a key with what JSON would mean', '"a"\n', ['s3://in/"a"']],
    ['nothing', '', 'it lists nothing'],
    ['an empty array', '[]', 'it lists nothing'],
    ['only itself', '["runs/7/manifest.json"]', 'it lists nothing'],
    ['half an array', '["a", "b', 'it begins like a JSON array of texts, and is none'],
    ['an array of other things', '["a", 3]', 'it begins like a JSON array of texts, and is none'],
    ['an empty key', '["a", ""]', 'its entry 2 is no key and no URI of an object'],
    ['a URI without a key', 's3://in/\n', 'its entry 1 is no key and no URI of an object'],
    ['a key that is too long', LONG, 'its entry 1 is no key and no URI of an object'],
    [
      'too many',
      Array.from({ length: 10_001 }, (_, n) => n).join('\n'),
      'it lists 10001 objects, and 10000 are the most',
    ],
    ['a deep array', `${'['.repeat(100_000)}"a"`, ['s3://in/']],
  ])('takes %s', (title, text, expected) => {
    if (title !== 'a deep array') return expect(read(text)).toEqual(expected)
    expect(read(text)).toBe('its entry 1 is no key and no URI of an object')
  })

  it('reads any keys, hostile ones among them, from an array', () => {
    const key = fc
      .oneof(fc.constantFrom(...hostileKeys), fc.string({ unit: 'binary', minLength: 1 }))
      .filter(text => !text.startsWith('s3://') && Buffer.byteLength(text) <= 1024)
    fc.assert(
      fc.property(fc.uniqueArray(key, { minLength: 1 }), keys => {
        const listed = read(JSON.stringify(keys))
        expect(listed).toEqual(keys.map(text => `s3://in/${text}`))
      }),
    )
  })

  it('says what is missing', () => {
    const object = (key: string) => ({ bucket: 'in', key })
    expect(missingOf([object('a'), object('b')], [object('b'), object('c')])).toEqual([object('a')])
  })
})

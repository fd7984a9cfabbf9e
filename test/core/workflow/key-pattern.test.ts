import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseKeyPattern } from '../../../src/core/workflow/key-pattern.ts'
import { matchKey } from '../../../src/core/workflow/match-key.ts'
import { patternsOverlap } from '../../../src/core/workflow/pattern-overlap.ts'
import { hostileKeys } from '../hostile-keys.ts'
import { referenceMatch } from './reference-match.ts'

const match = (pattern: string, key: string) => {
  const captures = matchKey(parseKeyPattern(pattern), key)
  return captures && Object.entries(captures)
}

const token = fc.constantFrom('a', 'b', '/', '😀', '*', '**', '{}', '{...}')
const patterns = fc
  .array(token, { minLength: 1, maxLength: 6 })
  .map(tokens => tokens.map((text, index) => text.replace('{', `{c${index}`)).join(''))

describe('matchKey', () => {
  it.each([
    ['takes a literal key', 'a/b.csv', 'a/b.csv', []],
    ['refuses another key', 'a/b.csv', 'a/b_csv', undefined],
    ['refuses a longer key', 'a', 'ab', undefined],
    ['captures a segment', 'in/{name}.jpg', 'in/cat.jpg', [['name', 'cat']]],
    ['does not capture nothing', 'in/{name}.jpg', 'in/.jpg', undefined],
    ['does not capture across a slash', 'in/{name}.jpg', 'in/a/b.jpg', undefined],
    ['captures across slashes with dots', 'in/{path...}.jpg', 'in/a/b.jpg', [['path', 'a/b']]],
    ['passes over nothing with *', 'in/*.jpg', 'in/.jpg', []],
    ['does not pass over a slash with *', 'in/*.jpg', 'in/a/b.jpg', undefined],
    ['passes over slashes with **', 'in/**.jpg', 'in/a/b.jpg', []],
    ['takes three stars as ** and *', '***', 'a/b', []],
    [
      'gives the left capture as little as possible',
      '{a}_R{b}',
      'A_R1_R2',
      [
        ['a', 'A'],
        ['b', '1_R2'],
      ],
    ],
    ['gives it more where the rest asks for it', '{a}_R2.gz', 'A_R2.gz_R2.gz', [['a', 'A_R2.gz']]],
    ['counts an uncaptured wildcard on the left too', '*{a}', 'abc', [['a', 'abc']]],
    [
      'never cuts a character in two',
      '{a}{b}',
      '😀😃',
      [
        ['a', '😀'],
        ['b', '😃'],
      ],
    ],
    ['does not normalize', 'é', 'e\u0301', undefined],
    ['takes names of any script', '{größe}', '12', [['größe', '12']]],
    [
      'takes names that objects are born with',
      '{__proto__}/{constructor}',
      'a/b',
      [
        ['__proto__', 'a'],
        ['constructor', 'b'],
      ],
    ],
  ])('%s', (_title, pattern, key, captures) => expect(match(pattern, key)).toEqual(captures))

  it.each(hostileKeys)('captures the hostile key %j unchanged', key => {
    expect(match('in/{key...}', `in/${key}`)).toEqual([['key', key]])
  })

  it('stays quick where backtracking would not end', () => {
    const pattern = `${Array.from({ length: 20 }, (_, n) => `{x${n}}a`).join('')}b`
    expect(match(pattern, 'a'.repeat(1024))).toBeUndefined()
    expect(match('**a'.repeat(20), 'a'.repeat(1024))).toEqual([])
  })

  it('agrees with a matcher that tries everything in order', () => {
    fc.assert(
      fc.property(patterns, fc.stringMatching(/^[ab/😀]{0,8}$/u), (pattern, key) => {
        expect(match(pattern, key)).toEqual(referenceMatch(pattern, key))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('parseKeyPattern', () => {
  it.each([
    ['raw/{year}/{file}.json', 'raw/', '.json', false, ['year', 'file']],
    ['raw/*/x', 'raw/', '/x', false, []],
    ['{a}', '', '', false, ['a']],
    ['a/b', 'a/b', '', true, []],
  ])('finds head, tail and captures of %s', (pattern, literalHead, literalTail, exact, captures) => {
    expect(parseKeyPattern(pattern)).toMatchObject({ literalHead, literalTail, exact, captures })
  })

  it.each([
    ['', 0, 0, 'is empty'],
    ['a{b', 1, 1, '`{` has no partner'],
    ['a}', 1, 1, '`}` has no partner'],
    ['a{}', 1, 2, '`{}` is no capture'],
    ['{a b}', 0, 5, '`{a b}` is no capture'],
    ['{a}/{a...}', 4, 6, '`{a}` stands there twice'],
    [
      Array.from({ length: 21 }, (_, n) => `{a${n}}`).join('/'),
      110,
      5,
      'more than 20 captures and wildcards',
    ],
    ['ü'.repeat(513), 0, 513, 'longer than 1024 bytes'],
  ])('refuses %.30s', (pattern, offset, length, message) => {
    expect(() => parseKeyPattern(pattern)).toThrow(
      expect.objectContaining({
        code: 'E151',
        message: expect.stringContaining(message),
        ids: { offset, length },
      }),
    )
  })

  it('gives a head and a tail that every match has', () => {
    fc.assert(
      fc.property(patterns, fc.stringMatching(/^[ab/]{0,8}$/), (text, key) => {
        const pattern = parseKeyPattern(text)
        fc.pre(matchKey(pattern, key) !== undefined)
        expect(key.startsWith(pattern.literalHead) && key.endsWith(pattern.literalTail)).toBe(true)
      }),
    )
  })
})

describe('patternsOverlap', () => {
  it.each([
    ['a/{x}.csv', 'a/{y}.csv', true],
    ['a/{x}.csv', 'b/{y}.csv', false],
    ['a/{x}.csv', 'a/{y}.json', false],
    ['a/{x}', 'a/{y}/{z}', false],
    ['a/{x...}', 'a/{y}/{z}', true],
    ['**', 'a', true],
    ['*', 'a/b', false],
    ['{a}', '**.csv', true],
    ['a', 'a', true],
    ['a', 'ab', false],
  ])('tells whether %s and %s share a key: %s', (one, other, overlap) => {
    expect(patternsOverlap(parseKeyPattern(one), parseKeyPattern(other))).toBe(overlap)
    expect(patternsOverlap(parseKeyPattern(other), parseKeyPattern(one))).toBe(overlap)
  })

  it('holds wherever one key matches both', () => {
    fc.assert(
      fc.property(patterns, patterns, fc.stringMatching(/^[ab/]{1,5}$/), (a, b, key) => {
        const [one, other] = [parseKeyPattern(a), parseKeyPattern(b)]
        fc.pre(matchKey(one, key) !== undefined && matchKey(other, key) !== undefined)
        expect(patternsOverlap(one, other)).toBe(true)
      }),
    )
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compilePattern } from '../../../src/core/event-pattern/pattern.ts'
import { compileWildcard } from '../../../src/core/event-pattern/wildcard.ts'
import { matchesNaively } from './naive-pattern.ts'

const name = fc.constantFrom('a', 'b', 'c')
const plain = fc.constantFrom<unknown>('x', 'y', '', 1, 2, true, null)

const { event } = fc.letrec(tie => ({
  event: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  value: fc.oneof({ depthSize: 'small' }, plain, tie('event'), fc.array(tie('value'), { maxLength: 3 })),
}))

const entry = fc.oneof(
  plain,
  fc.constantFrom({ exists: true }, { exists: false }, { 'anything-but': 'x' }, { 'anything-but': 1 }),
)
const { pattern } = fc.letrec(tie => ({
  pattern: fc.dictionary(name, tie('field'), { minKeys: 1, maxKeys: 3 }),
  field: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.array(entry, { minLength: 1, maxLength: 3 }),
    tie('pattern'),
  ),
}))

it('matches what trying every combination of values matches', () => {
  fc.assert(
    fc.property(pattern as fc.Arbitrary<object>, event as fc.Arbitrary<object>, (pattern, event) => {
      expect(compilePattern(pattern)(event)).toBe(matchesNaively(pattern, event))
    }),
    { numRuns: 3000 },
  )
})

it('takes $or for two patterns of which one must match', () => {
  const two = fc.tuple(pattern as fc.Arbitrary<object>, pattern as fc.Arbitrary<object>)
  fc.assert(
    fc.property(two, event as fc.Arbitrary<object>, ([left, right], event) => {
      const either = compilePattern(left)(event) || compilePattern(right)(event)
      expect(compilePattern({ $or: [left, right] })(event)).toBe(either)
    }),
  )
})

const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\', '/'), maxLength: 8 })
const wildcard = fc
  .array(fc.constantFrom('a', 'b', '/', '\\*', '\\\\', '*'), { maxLength: 6 })
  .filter(pieces => !pieces.some((piece, at) => piece === '*' && pieces[at + 1] === '*'))

it('matches a wildcard as a regular expression does', () => {
  fc.assert(
    fc.property(wildcard, text, (pieces, text) => {
      const source = pieces.map(piece => (piece === '*' ? '.*' : piece)).join('')
      expect(compileWildcard(pieces.join(''), ['k'])(text)).toBe(new RegExp(`^${source}$`, 's').test(text))
    }),
    { numRuns: 2000 },
  )
})

it('matches a hostile wildcard in one pass', () => {
  const matches = compileWildcard(`${'*aaaaaaaaaaaaaaaab'.repeat(100)}*c`, ['k'])
  expect(matches('a'.repeat(500_000))).toBe(false)
})

import { describe, expect, it } from 'vitest'
import { compileFilterPattern } from '../../../src/local/logs/filter-pattern.ts'

describe('a filter pattern', () => {
  it.each([
    ['is empty', '', 'anything', true],
    ['has a term', 'ERROR', 'an ERROR', true],
    ['has a term in another case', 'error', 'an ERROR', false],
    ['has two terms', 'ERROR disk', 'ERROR: no disk', true],
    ['has two terms, one missing', 'ERROR disk', 'ERROR: no net', false],
    ['has a phrase', '"out of memory"', 'killed: out of memory', true],
    ['has a phrase in another order', '"out of memory"', 'memory out of', false],
    ['has a quote in a phrase', '"say \\"a\\""', 'they say "a"', true],
    ['excludes a term', 'ERROR -retry', 'ERROR, will retry', false],
    ['excludes a phrase', 'ERROR -"will retry"', 'ERROR, final', true],
    ['has one of two terms', '?ERROR ?WARN', 'a WARN', true],
    ['has none of two terms', '?ERROR ?WARN', 'fine', false],
    ['has optional terms beside a required one', '?ERROR fine', 'fine', true],
    ['has characters of regular expressions', 'a.b(c', 'xa.b(c', true],
  ])('that %s', (_title, pattern, message, matches) => {
    expect(compileFilterPattern(pattern)(message)).toBe(matches)
  })

  it.each(['{ $.a = 1 }', '[a, b]', '%\\d+%', '  {'])('of the form %s is refused', pattern => {
    expect(() => compileFilterPattern(pattern)).toThrow(/filters by terms only/)
  })
})

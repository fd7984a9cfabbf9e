import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didYouMean, editDistance } from '../../../src/core/workflow/did-you-mean.ts'

describe('didYouMean', () => {
  it.each([
    ['dependOn', ['dependsOn', 'description'], 'dependsOn'],
    ['jobqueue', ['jobQueue'], 'jobQueue'],
    ['tiemout', ['timeout'], 'timeout'],
    ['triger', ['tags', 'trigger'], 'trigger'],
    ['b', ['a', 'B'], 'B'],
    ['b', ['a', 'c'], undefined],
    ['memory', ['command', 'vcpu'], undefined],
    ['x', [], undefined],
  ])('takes %s among %j for %s', (name, candidates, meant) =>
    expect(didYouMean(name, candidates)).toBe(meant),
  )
})

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['abc', 'abd', 1],
    ['abcd', 'acbd', 1],
    ['kitten', 'sitting', 3],
  ])('between %j and %j is %d', (a, b, distance) => expect(editDistance(a, b, 9)).toBe(distance))

  it('gives up beyond its limit', () => expect(editDistance('kitten', 'sitting', 2)).toBeUndefined())

  it('is the same both ways and 0 only for equals', () => {
    const word = fc.stringMatching(/^[abc]{0,6}$/)
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 9)).toBe(editDistance(b, a, 9))
        expect(editDistance(a, b, 9) === 0).toBe(a === b)
      }),
    )
  })
})

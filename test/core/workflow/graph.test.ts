import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cyclesOf, descendantsOf, type Graph, topologicalOrder } from '../../../src/core/workflow/graph.ts'

/** `graph('a', 'b<a', 'c<a,b')`: c depends on a and b. */
const graph = (...jobs: string[]): Graph =>
  new Map(
    jobs.map(job => {
      const [name = '', on] = job.split('<')
      return [name, on ? on.split(',') : []]
    }),
  )

const anyGraph = fc
  .integer({ min: 1, max: 12 })
  .chain(size =>
    fc
      .array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 4 }), { minLength: size, maxLength: size })
      .map((edges): Graph => new Map(edges.map((on, index) => [`j${index}`, on.map(other => `j${other}`)]))),
  )

describe('topologicalOrder', () => {
  it.each([
    ['keeps the order of the file where it is one already', graph('b', 'a<b', 'c<b'), ['b', 'a', 'c']],
    ['moves dependencies before their dependents', graph('c<b', 'b<a', 'a'), ['a', 'b', 'c']],
    ['passes over unknown names', graph('a<x'), ['a']],
    ['takes an empty graph', graph(), []],
  ])('%s', (_title, jobs, order) => expect(topologicalOrder(jobs)).toEqual(order))

  it('refuses a circle with its path', () => {
    expect(() => topologicalOrder(graph('a<b', 'b<a'))).toThrow('a -> b -> a')
  })

  it('puts every job after its dependencies, or there is a cycle', () => {
    fc.assert(
      fc.property(anyGraph, jobs => {
        if (cyclesOf(jobs).length > 0) return
        const order = topologicalOrder(jobs)
        expect(order.toSorted()).toEqual([...jobs.keys()].toSorted())
        for (const [name, on] of jobs) {
          for (const other of on) expect(order.indexOf(other)).toBeLessThan(order.indexOf(name))
        }
      }),
    )
  })
})

describe('cyclesOf', () => {
  it.each([
    ['none', graph('a', 'b<a', 'c<a,b'), []],
    ['itself', graph('a<a'), [['a', 'a']]],
    ['the shortest from the first in the file', graph('b<a', 'a<c,b', 'c<b'), [['b', 'a', 'b']]],
    [
      'one for each group',
      graph('a<b', 'b<a', 'c<b', 'd<e', 'e<d'),
      [
        ['a', 'b', 'a'],
        ['d', 'e', 'd'],
      ],
    ],
  ])('finds %s', (_title, jobs, cycles) => expect(cyclesOf(jobs)).toEqual(cycles))

  it('gives paths that are in the graph, and one whenever a job reaches itself', () => {
    fc.assert(
      fc.property(anyGraph, jobs => {
        const cycles = cyclesOf(jobs)
        for (const cycle of cycles) {
          expect(cycle[0]).toBe(cycle.at(-1))
          for (const [index, name] of cycle.slice(1).entries()) {
            expect(jobs.get(cycle[index] ?? '')).toContain(name)
          }
        }
        const reachesItself = [...jobs].some(
          ([name, on]) => on.includes(name) || descendantsOf(jobs, [name]).some(below => on.includes(below)),
        )
        expect(cycles.length > 0).toBe(reachesItself)
      }),
    )
  })

  it('takes a chain as long as a file can hold', () => {
    const chain: Graph = new Map(
      Array.from({ length: 50_000 }, (_, n) => [`j${n}`, n > 0 ? [`j${n - 1}`] : []]),
    )
    expect(cyclesOf(chain)).toEqual([])
    const circle: Graph = new Map([...chain, ['j0', ['j49999']]])
    expect(cyclesOf(circle)[0]).toHaveLength(50_001)
  })
})

describe('descendantsOf', () => {
  const jobs = graph('d<b', 'a', 'b<a', 'c<a', 'e')
  it.each([
    [['a'], ['d', 'b', 'c']],
    [['b'], ['d']],
    [['b', 'd'], []],
    [['e', 'unknown'], []],
  ])('of %j are %j', (names, descendants) => expect(descendantsOf(jobs, names)).toEqual(descendants))
})

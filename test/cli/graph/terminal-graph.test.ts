import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Drawing } from '../../../src/cli/graph/drawing.ts'
import { placesOf } from '../../../src/cli/graph/layers.ts'
import { terminalGraph } from '../../../src/cli/graph/terminal-graph.ts'

const wide = { width: () => Number.POSITIVE_INFINITY, paint: (_style: unknown, text: string) => text }

/** `{ c: ['a', 'b'] }`: each job after those it depends on. */
function drawingOf(graph: Readonly<Record<string, readonly string[]>>): Drawing {
  const nodes = Object.keys(graph).map(name => ({ name, note: '' }))
  const arrows = Object.entries(graph).flatMap(([to, before]) =>
    before.map(from => ({ from, to, when: 'success' as const })),
  )
  return { title: 'w', nodes, arrows }
}

describe('a graph in the terminal', () => {
  it.each([
    [{ a: [] }, ['●  a']],
    [{ a: [], b: [] }, ['●  a', '●  b']],
    [{ a: [], b: ['a'], c: ['b'] }, ['●      a', '└─●    b', '  └─●  c']],
    [{ a: [], b: ['a'], c: ['a', 'b'] }, ['●      a', '├─●    b', '└─┴─●  c']],
    [{ a: [], b: [], c: ['a'], d: ['b', 'c'] }, ['●      a', '│ ●    b', '└─│─●  c', '  └─┴─●  d']],
  ])('draws %j', (graph, lines) => {
    expect(terminalGraph(drawingOf(graph), wide).map(line => line.replace(/ {2,}(?=\w)/, '  '))).toEqual(
      lines.map(line => line.replace(/ {2,}(?=\w)/, '  ')),
    )
  })

  it('reaches from every job to exactly those that depend on it', () => {
    fc.assert(
      fc.property(randomGraph(), graph => {
        const lines = terminalGraph(drawingOf(graph), wide)
        expect(edgesIn(lines, Object.keys(graph))).toEqual(edgesOf(graph))
      }),
    )
  })

  it('puts every job right of those it depends on, and no two in one place', () => {
    fc.assert(
      fc.property(randomGraph(), graph => {
        const places = placesOf(drawingOf(graph))
        for (const [name, before] of Object.entries(graph)) {
          for (const from of before)
            expect(places.get(name)?.layer).toBeGreaterThan(places.get(from)?.layer ?? 99)
        }
        const taken = [...places.values()].map(({ layer, row }) => `${layer},${row}`)
        expect(new Set(taken).size).toBe(Object.keys(graph).length)
      }),
    )
  })
})

function randomGraph() {
  return fc.array(fc.array(fc.nat(20), { maxLength: 4 }), { minLength: 1, maxLength: 12 }).map(rows =>
    Object.fromEntries(
      rows.map((before, index) => {
        const parents = index === 0 ? [] : [...new Set(before.map(number => `j${number % index}`))]
        return [`j${index}`, parents] as const
      }),
    ),
  )
}

function edgesOf(graph: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(graph)
    .flatMap(([to, before]) => before.map(from => `${from} ${to}`))
    .sort()
}

/** Reads the drawing as a person does: from a dot down its lane, and along branches to other dots. */
function edgesIn(lines: readonly string[], names: readonly string[]): readonly string[] {
  const owners: (string | undefined)[] = []
  const found: string[] = []
  for (const [index, line] of lines.entries()) {
    const name = names[index] ?? ''
    const dot = line.indexOf('●')
    for (let column = 0; column < dot; column++) {
      const mark = line[column] ?? ''
      if ('├└┼┴'.includes(mark)) found.push(`${owners[column]} ${name}`)
      if ('└┴'.includes(mark)) owners[column] = undefined
    }
    owners[dot] = name
  }
  return found.sort()
}

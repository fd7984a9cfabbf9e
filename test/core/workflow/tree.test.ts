import { expect, it } from 'vitest'
import { without } from '../../../src/core/workflow/tree.ts'

const tree = { name: 'w', list: [{ a: 1, b: 2 }, 'text', [3]], map: { x: { y: 1, z: 2 } } }

it.each([
  ['a key', [['map', 'x', 'y']], { ...tree, map: { x: { z: 2 } } }],
  ['a key inside an item of a list', [['list', 0, 'a']], { ...tree, list: [{ b: 2 }, 'text', [3]] }],
  ['an item, and with it its list', [['list', 1]], { name: 'w', map: tree.map }],
  ['an item of a list in a list, and with it both', [['list', 2, 0]], { name: 'w', map: tree.map }],
  ['a list', [['list']], { name: 'w', map: tree.map }],
  ['what is not there', [['list', 7, 'a'], ['none']], tree],
  ['a place and one inside it', [['map'], ['map', 'x', 'y']], { name: 'w', list: tree.list }],
])('takes out %s', (_what, paths, rest) => {
  expect(without(tree, paths)).toEqual(rest)
})

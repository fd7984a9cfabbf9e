import { expect, it } from 'vitest'
import { expressionsOf } from '../../src/aws/condition-expression.ts'
import { absent, all, any, below, type Condition, equals, not, oneOf } from '../../src/core/run/item-write.ts'

const [a, b, c] = [equals('a', 1), equals('b', 2), below('c', 3)]

it.each<[title: string, condition: Condition, text: string]>([
  ['no parentheses around the whole', all(a, b), 'a = 1 AND b = 2'],
  ['none around AND in OR', any(all(a, b), c), 'a = 1 AND b = 2 OR c < 3'],
  ['those around OR in AND', all(any(a, c), b), '(a = 1 OR c < 3) AND b = 2'],
  ['those that NOT needs', not(all(a, b)), 'NOT (a = 1 AND b = 2)'],
  ['none after NOT before one comparison', not(absent('a')), 'NOT attribute_not_exists(a)'],
  ['lists in lists of their own kind as one', all(a, all(b, all(c))), 'a = 1 AND b = 2 AND c < 3'],
  ['a list of one as its part', all(any(all(any(a, b)))), 'a = 1 OR b = 2'],
  ['a list of one in another as its part', all(any(all(any(a, c))), b), '(a = 1 OR c < 3) AND b = 2'],
  ['NOT twice as nothing', all(not(not(any(a, b))), c), '(a = 1 OR b = 2) AND c < 3'],
  ['NOT around a list of one NOT as nothing', not(all(any(not(c)))), 'c < 3'],
  ['several values of one attribute as IN', all(not(oneOf('a', [1, 2])), b), 'NOT a IN (1, 2) AND b = 2'],
  ['one value of an attribute as equality', oneOf('a', [1]), 'a = 1'],
  [
    'values of one attribute beside another part as they are',
    any(a, equals('a', 2), c),
    'a = 1 OR a = 2 OR c < 3',
  ],
])('writes %s', (_title, condition, text) => {
  const {
    condition: written,
    names,
    values,
  } = expressionsOf({
    key: { pk: 'p', sk: 's' },
    mode: 'replace',
    set: {},
    condition,
  })
  expect(
    written.replace(/#n\d+/g, name => names[name] ?? '?').replace(/:v\d+/g, value => String(values[value])),
  ).toBe(text)
})

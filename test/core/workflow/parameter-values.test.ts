import { expect, it } from 'vitest'
import { parameterValues } from '../../../src/core/workflow/parameter-values.ts'

const declarations = {
  threshold: { type: 'number', default: 10 },
  name: { type: 'string' },
  dry: { type: 'boolean', default: false },
} as const

it.each([
  ['takes defaults', { name: 'x' }, { threshold: 10, name: 'x', dry: false }],
  [
    'reads texts as what they are for',
    { name: 'x', threshold: '0.5', dry: 'true' },
    { threshold: 0.5, name: 'x', dry: true },
  ],
  ['writes values for texts', { name: 5 }, { threshold: 10, name: '5', dry: false }],
])('%s', (_title, given, values) => expect({ ...parameterValues(declarations, given) }).toEqual(values))

it.each([
  ['a missing one', {}, 'The parameter `name` is missing. Give it a string.'],
  [
    'an unknown one',
    { name: 'x', treshold: 1 },
    'The workflow has no parameter `treshold`. Did you mean `threshold`?',
  ],
  [
    'one by a name that objects are born with',
    { name: 'x', toString: 'y' },
    'has no parameter `toString`. The parameters are `threshold`, `name`, `dry`.',
  ],
  [
    'a number that is none',
    { name: 'x', threshold: 'ten' },
    'The parameter `threshold` is "ten". Give it a number.',
  ],
  ['an empty number', { name: 'x', threshold: ' ' }, 'Give it a number.'],
  ['a boolean that is none', { name: 'x', dry: 'yes' }, 'The parameter `dry` is "yes". Give it a boolean.'],
])('E180 refuses %s', (_title, given, message) => {
  expect(() => parameterValues(declarations, given)).toThrow(
    expect.objectContaining({ code: 'E180', message: expect.stringContaining(message) }),
  )
})

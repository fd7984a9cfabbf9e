import { expect, it } from 'vitest'
import { fillPlaceholders } from '../../../../src/local/batch/resource/placeholders.ts'

const parameters = { in: 'a.csv', input: 'b.csv', 'with.dot': 'c', empty: '', tricky: 'Ref::in $(rm) "' }

it.each([
  [
    ['echo', 'Ref::in'],
    ['echo', 'a.csv'],
  ],
  [['Ref::input'], ['b.csv']],
  [['--file=Ref::in'], ['--file=a.csv']],
  [['Ref::in.gz,Ref::input'], ['a.csv.gz,b.csv']],
  [['Ref::with.dot'], ['c']],
  [
    ['Ref::empty', 'x'],
    ['', 'x'],
  ],
  [['Ref::tricky'], ['Ref::in $(rm) "']],
  [['no placeholder: Ref'], ['no placeholder: Ref']],
])('fills %j with %j', (command, filled) => expect(fillPlaceholders(command, parameters)).toEqual(filled))

it.each([
  ['Ref::missing', 'missing'],
  ['--x=Ref::inputs', 'inputs'],
  ['Ref::', ''],
  ['Ref::__proto__', '__proto__'],
])('refuses %s', (argument, name) => {
  const message = `Unable to substitute value. No parameter found for reference ${name}`
  expect(() => fillPlaceholders([argument], parameters)).toThrow(message)
})

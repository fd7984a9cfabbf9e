import { expect, it } from 'vitest'
import { isMet, type Row } from '../../bench/result.ts'
import { tableOf } from '../../bench/table.ts'

const ROW: Row = { name: 'a', unit: 'ms', measured: { median: 2.5, min: 1, max: 12.34 } }

it.each<[title: string, row: Row, line: string, met: boolean]>([
  ['shows what has no target', ROW, 'a 2.50 ms (1.00 .. 12.3)', true],
  ['says ok within the target', { ...ROW, target: 2.5 }, 'a <= 2.5 ms 2.50 ms (1.00 .. 12.3) ok', true],
  ['says OVER beyond it', { ...ROW, target: 2 }, 'a <= 2 ms 2.50 ms (1.00 .. 12.3) OVER', false],
  [
    'puts the floor beside it',
    { ...ROW, floor: { of: 'a loop', value: 123.4 } },
    'a 2.50 ms (1.00 .. 12.3) 123 ms a loop',
    true,
  ],
])('%s', (_title, row, line, met) => {
  expect(tableOf([row]).split('\n')[1]?.replace(/ +/g, ' ')).toBe(line)
  expect(isMet(row)).toBe(met)
})

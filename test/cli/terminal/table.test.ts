import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutTo } from '../../../src/cli/terminal/cut.ts'
import { type Column, tableLines } from '../../../src/cli/terminal/table.ts'
import { displayWidth } from '../../../src/core/workflow/display-width.ts'

const COLUMNS: readonly Column[] = [
  { title: 'run', least: 4 },
  { title: 'status' },
  { title: 'took', align: 'right', leave: 1 },
  { title: 'input', least: 5, leave: 2 },
]
const ROW = { cells: ['abcdefgh', 'FAILED', '1.0s', 's3://bucket/a/long/key'] }

function drawn(width: number, ...rows: readonly { readonly cells: readonly string[] }[]): readonly string[] {
  return tableLines(COLUMNS, rows, { width: () => width, paint: (_style, text) => text })
}

describe('a table', () => {
  it.each([
    [
      Number.POSITIVE_INFINITY,
      ['run       status  took  input', 'abcdefgh  FAILED  1.0s  s3://bucket/a/long/key'],
    ],
    [36, ['run       status  took  input', 'abcdefgh  FAILED  1.0s  s3://bucket…']],
    [26, ['run    status  took  input', 'abcd…  FAILED  1.0s  s3:/…']],
    [20, ['run   status  took', 'abc…  FAILED  1.0s']],
    [14, ['run   status', 'abc…  FAILED']],
    [6, ['run  …', 'abc… …']],
  ])('fits %d columns', (width, lines) => {
    expect(drawn(width, ROW)).toEqual(lines)
  })

  it('shows what a cell would make the terminal do', () => {
    expect(drawn(80, { cells: ['a\u001b[2J', 'b\n', '', '\u202ex'] })[1]).toBe(
      'a\\x1b[2J  b\\n           \\u{202e}x',
    )
  })

  it('is never wider than the terminal, whatever it shows', () => {
    const cells = fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 5 }), fc.integer({ min: 1, max: 120 }), (rows, width) => {
        for (const line of drawn(width, ...rows.map(row => ({ cells: row })))) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width)
        }
      }),
    )
  })
})

it.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
  ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ['x', 0, ''],
])('cuts %s to %i columns', (text, width, expected) => expect(cutTo(text, width)).toBe(expected))

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../../src/core/workflow/diagnostic.ts'
import { displayWidth } from '../../../src/core/workflow/display-width.ts'
import { formatDiagnostic } from '../../../src/core/workflow/format-diagnostic.ts'

const diagnostic = (place: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'E110',
  severity: 'error',
  file: 'w.yaml',
  line: 1,
  column: 1,
  path: 'jobs.a',
  message: 'The key `x` is unknown.',
  mend: 'Leave it out.',
  ...place,
})

/** The line of the source and the carets, without the head. */
const excerpt = (source: string, column: number, endColumn: number) =>
  formatDiagnostic(diagnostic({ column, endColumn }), source, { color: false }).split('\n').slice(1)

describe('formatDiagnostic', () => {
  it('writes place, path, fault and mend, the line and carets', () => {
    const text = formatDiagnostic(diagnostic({ line: 2, column: 3, endColumn: 6 }), 'a:\n  bcd: 1', {
      color: false,
    })
    expect(text).toBe(
      ['w.yaml:2:3  jobs.a: The key `x` is unknown. Leave it out. [E110]', '    bcd: 1', '    ^^^'].join(
        '\n',
      ),
    )
  })

  it('writes no path for the file as a whole, and no line where there is none', () => {
    const text = formatDiagnostic(diagnostic({ path: '', code: 'E100' }), '', { color: false })
    expect(text).toBe('w.yaml:1:1  The key `x` is unknown. Leave it out. [E100]')
  })

  it('colours errors red and warnings yellow when asked to', () => {
    expect(formatDiagnostic(diagnostic(), 'x', { color: true })).toContain('\u001b[31m^\u001b[0m')
    expect(formatDiagnostic(diagnostic({ severity: 'warning' }), 'x', { color: true })).toContain(
      '\u001b[33m^',
    )
  })

  it.each([
    ['tabs go to stops of four', '\tab\tc', 5, 6, ['      ab  c', '          ^']],
    ['a marked tab is as wide as it is drawn', 'a\tb', 2, 3, ['  a   b', '   ^^^']],
    ['wide characters take two columns', '日本: x', 5, 6, ['  日本: x', '        ^']],
    ['marked wide characters get two carets each', '日本: x', 1, 3, ['  日本: x', '  ^^^^']],
    [
      'emoji of several code points are two columns',
      '👩‍🚀: x',
      8,
      9,
      ['  👩\\u{200d}🚀: x', `  ${' '.repeat(14)}^`],
    ],
    ['combining characters take none', 'e\u0301: x', 5, 6, ['  e\u0301: x', '     ^']],
    ['control characters are written out', '\u001b[31m: x', 8, 9, ['  \\x1b[31m: x', `  ${' '.repeat(10)}^`]],
    ['so are those that turn the direction', '\u202ea', 2, 3, ['  \\u{202e}a', '          ^']],
    ['a place behind the end gets one caret', 'a', 2, 2, ['  a', '   ^']],
  ])('%s', (_title, source, column, endColumn, lines) => {
    expect(excerpt(source, column, endColumn)).toEqual(lines)
  })

  it('shows the part of a long line around the place', () => {
    const [line = '', carets = ''] = excerpt(`${'a'.repeat(500)}X${'b'.repeat(500)}`, 501, 502)
    expect(line.trim()).toBe(`…${'a'.repeat(60)}X${'b'.repeat(60)}…`)
    expect(carets.indexOf('^')).toBe(line.indexOf('X'))
  })

  it('never lets the source or the names steer the terminal, and keeps carets under the place', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.nat(20),
        (source, file, column) => {
          const line = source.split('\n').length
          const text = formatDiagnostic(
            diagnostic({ line, column: column + 1, file, path: file, message: file, mend: file }),
            source,
            {
              color: false,
            },
          )
          expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
          expect(text.split('\n').length).toBeLessThanOrEqual(3)
        },
      ),
    )
  })
})

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['日本', 4],
    ['ｆｕｌｌ', 8],
    ['한글', 4],
    ['e\u0301', 1],
    ['👍🏽', 2],
    ['🇪🇺', 2],
    ['❤️', 2],
    ['ü', 1],
  ])('of %j is %d', (text, width) => expect(displayWidth(text)).toBe(width))
})

import { describe, expect, it } from 'vitest'
import { escapeText, shown, shownName } from '../../../src/core/workflow/escape-text.ts'
import { pathText } from '../../../src/core/workflow/problem.ts'

it.each([
  ['plain ü 日本', 'plain ü 日本'],
  ['a\nb\tc\r', 'a\\nb\\tc\\r'],
  ['\u001b[2J\u0000\u009b', '\\x1b[2J\\x00\\x9b'],
  ['\u202egpj.exe', '\\u{202e}gpj.exe'],
  ['\u2028\ud800', '\\u{2028}\\u{d800}'],
])('escapes %j', (text, escaped) => expect(escapeText(text)).toBe(escaped))

describe('what a message shows', () => {
  it.each([
    ['a"b', '"a\\"b"'],
    [5, '5'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'nothing'],
    [['a'], '["a"]'],
  ])('of %j is %s', (value, text) => expect(shown(value)).toBe(text))

  it('is cut to 80 characters, none of them in two', () => {
    expect(Array.from(shown('😀'.repeat(200)))).toHaveLength(80)
    expect(shown('😀'.repeat(200)).at(-1)).toBe('…')
    expect(shownName('x'.repeat(81))).toBe(`\`${'x'.repeat(79)}…\``)
  })
})

it.each([
  [['jobs', 'clean', 'dependsOn', 0], 'jobs.clean.dependsOn[0]'],
  [['environment', 'a b', 'c'], 'environment["a b"].c'],
  [['a.b'], '["a.b"]'],
  [['größe', '\u202e'], 'größe["\\u{202e}"]'],
  [[], ''],
])('writes the path %j', (path, text) => expect(pathText(path)).toBe(text))

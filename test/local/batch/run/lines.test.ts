import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Lines } from '../../../../src/local/batch/run/lines.ts'

function linesOf(...chunks: readonly Uint8Array[]): readonly string[] {
  const lines: string[] = []
  const splitter = new Lines(line => lines.push(line))
  for (const chunk of chunks) splitter.push(Buffer.from(chunk))
  splitter.end()
  return lines
}

it.each([
  ['one line', 'a\n', ['a']],
  ['a last line without an end', 'a\nb', ['a', 'b']],
  ['empty lines', '\n\na\n', ['', '', 'a']],
  ['lines as Windows ends them', 'a\r\nb\r\n', ['a', 'b']],
  ['nothing', '', []],
])('cuts %s', (_title, text, lines) => expect(linesOf(Buffer.from(text))).toEqual(lines))

it('gives the same lines however the bytes are cut', () => {
  const text = fc.array(fc.string({ unit: 'grapheme' }).map(line => line.replace(/[\r\n]/g, '')))
  fc.assert(
    fc.property(text, fc.array(fc.nat(50)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''))
      const chunks: Buffer[] = []
      let begin = 0
      for (const size of cuts) {
        chunks.push(bytes.subarray(begin, begin + size))
        begin += size
      }
      expect(linesOf(...chunks, bytes.subarray(begin))).toEqual(lines)
    }),
  )
})

it('cuts a line of more than 256 KB between two characters', () => {
  const long = 'ü'.repeat(200_001)
  const lines = linesOf(Buffer.from(`x${long}\nend\n`))
  expect(lines.slice(0, -1).join('')).toBe(`x${long}`)
  expect(lines.every(line => Buffer.byteLength(line) <= 256 * 1024)).toBe(true)
  expect(lines.at(-1)).toBe('end')
})

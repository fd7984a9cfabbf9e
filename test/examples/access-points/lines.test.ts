import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../examples/access-points/jobs/lines.mjs'

async function linesIn(bytes: Uint8Array, cuts: readonly number[] = [], longest?: number) {
  async function* chunks() {
    const edges = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
    for (const [index, start] of edges.entries())
      yield bytes.subarray(start, edges[index + 1] ?? bytes.length)
  }
  const lines: (string | undefined)[] = []
  for await (const line of linesOf(chunks(), longest)) {
    expect(line.number).toBe(lines.length + 1)
    lines.push(line.type === 'line' ? line.text : line.reason)
  }
  return lines
}

describe('linesOf', () => {
  it.each([
    ['no bytes', '', []],
    ['one line without end', 'a', ['a']],
    ['an end is no further line', 'a\n', ['a']],
    ['empty lines count', '\n\na\n', ['', '', 'a']],
    ['CR LF', 'a\r\nb\r\n', ['a', 'b']],
    ['a CR alone ends nothing', 'a\rb\n', ['a\rb']],
    ['separators that JSON texts may hold', 'a\u2028b\u2029c\u0085d\n', ['a\u2028b\u2029c\u0085d']],
    ['a byte order mark goes, once', '\uFEFFa\n\uFEFFb', ['a', '\uFEFFb']],
  ])('reads %s', async (_title, text, expected) => {
    expect(await linesIn(Buffer.from(text))).toEqual(expected)
  })

  it('tells a line that is not UTF-8, and goes on', async () => {
    expect(await linesIn(Buffer.from([0x61, 0x0a, 0xff, 0x0a, 0x62]))).toEqual(['a', 'not UTF-8', 'b'])
  })

  it.each([
    ['1234\n12345\n1', 4, ['1234', 'too long', '1']],
    ['12345', 4, ['too long']],
    ['1234', 4, ['1234']],
  ])('passes over lines longer than allowed: %j', async (text, longest, expected) => {
    expect(await linesIn(Buffer.from(text), [2, 5, 7], longest)).toEqual(expected)
  })

  it('finds the same lines wherever the chunks are cut', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ü', '🦦', '\n', '\r', '"') })
    const cuts = fc.array(fc.nat(100))
    const property = fc.asyncProperty(text, cuts, async (content, edges) => {
      const expected = content.split('\n').map(line => line.replace(/\r$/, ''))
      if (content === '' || content.endsWith('\n')) expected.pop()
      expect(await linesIn(Buffer.from(content), edges)).toEqual(expected)
    })
    await fc.assert(property)
  })
})

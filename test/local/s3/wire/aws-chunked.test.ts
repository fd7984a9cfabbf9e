import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AwsChunkedDecoder } from '../../../../src/local/s3/wire/aws-chunked.ts'

const SIGNATURE = ';chunk-signature=0123456789abcdef'

function encode(chunks: readonly Uint8Array[], extension: string, trailers: Record<string, string>): Buffer {
  const frames = chunks
    .filter(chunk => chunk.length > 0)
    .map(chunk =>
      Buffer.concat([
        Buffer.from(`${chunk.length.toString(16)}${extension}\r\n`),
        chunk,
        Buffer.from('\r\n'),
      ]),
    )
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}\r\n`)
  return Buffer.concat([...frames, Buffer.from(`0${extension}\r\n${lines.join('')}\r\n`)])
}

function decode(pieces: readonly Buffer[]) {
  const decoder = new AwsChunkedDecoder()
  const payload = Buffer.concat(pieces.flatMap(piece => decoder.push(piece)))
  decoder.end()
  return { payload, trailers: Object.fromEntries(decoder.trailers) }
}

function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map(cut => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end))
}

describe('AwsChunkedDecoder', () => {
  it('gives back payload and trailers however the bytes arrive', () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 })
    const cuts = fc.array(fc.nat(), { maxLength: 40 })
    fc.assert(
      fc.property(
        chunks,
        cuts,
        fc.constantFrom('', SIGNATURE),
        fc.boolean(),
        (sent, places, extension, trailed) => {
          const trailers: Record<string, string> = trailed
            ? { 'x-amz-checksum-crc32': 'NhCmhg==', 'x-amz-trailer-signature': 'abc' }
            : {}
          const { payload, ...received } = decode(cutAt(encode(sent, extension, trailers), places))
          expect(payload).toEqual(Buffer.concat(sent))
          expect(received.trailers).toEqual(trailers)
        },
      ),
    )
  })

  it.each([
    ['5\r\nhello\r\n0\r\n\r\n', 'the plainest form'],
    ['5\nhello\n0\n\n', 'bare line feeds'],
    ['0005\r\nhello\r\n0\r\nX-Amz-Checksum-CRC32: NhCmhg== \r\n', 'no empty line at the end'],
  ])('reads %j: %s', body => expect(decode([Buffer.from(body)]).payload.toString()).toBe('hello'))

  it.each([
    ['', 'IncompleteBody'],
    ['5\r\nhel', 'IncompleteBody'],
    ['5\r\nhello\r\n', 'IncompleteBody'],
    ['5\r\nhello!\r\n0\r\n\r\n', 'IncompleteBody'],
    ['hello', 'IncompleteBody'],
    ['-5\r\nhello\r\n0\r\n\r\n', 'IncompleteBody'],
    ['fffffffffffff\r\n', 'IncompleteBody'],
    ['0\r\n\r\nmore', 'IncompleteBody'],
    ['0\r\n\r\nmore\r\n', 'IncompleteBody'],
    [`5;${'x'.repeat(20_000)}\r\n`, 'IncompleteBody'],
    ['0\r\nno trailer\r\n\r\n', 'MalformedTrailerError'],
  ])('refuses %.40j', (body, code) => {
    const run = () => decode([Buffer.from(body)])
    expect(run).toThrow(expect.objectContaining({ code }))
  })
})

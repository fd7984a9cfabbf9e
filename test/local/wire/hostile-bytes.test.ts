import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { signedService } from '../../../src/local/wire/signature.ts'
import { authorization, presigned, request } from './raw.ts'
import { serveRouter } from './serve-router.ts'

/** Sends bytes and hangs up. */
async function throwAt(port: number, bytes: Buffer): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {}) // being cut off is what it asks for
  socket.resume()
  socket.end(bytes)
  await once(socket, 'close')
}

it('outlives whatever bytes come in', async () => {
  const { url, port, errors } = await serveRouter()
  const whole = request(
    'POST /a?b',
    `host: 127.0.0.1:${port}`,
    `authorization: ${authorization('sqs')}`,
    'x-amz-date: 1',
  )
  const change = fc.record({
    at: fc.nat({ max: whole.length }),
    cut: fc.nat({ max: 20 }),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc.constantFrom(...['\r\n', '\r\n\r\n', ': ', '/', ',', '%']).map(Buffer.from),
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 4 }), async changes => {
      let bytes = Buffer.from(whole)
      for (const { at, cut, put } of changes) {
        bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])
      }
      await throwAt(port, bytes)
    }),
    { numRuns: 150 },
  )
  expect((await fetch(`${url}/_batchwise/health`)).status).toBe(200)
  expect(errors).toEqual([])
})

it('finds no service in what is not signed, and never throws', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('AWS4-HMAC-SHA256 ', 'Credential=', '/sqs/aws4_request', ',', '&', '%'),
  )
  const text = fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join(''))
  fc.assert(
    fc.property(text, text, (header, query) => {
      expect(signedService({ authorization: header, 'x-amz-date': '1' }, query)).toBeUndefined()
      expect(signedService({}, query)).toBeUndefined()
    }),
  )
})

it('finds the service however the parts of the header are spaced', () => {
  const tight = authorization('s3').replaceAll(', ', ',')
  expect(signedService({ authorization: tight, date: 'x' }, '')).toBe('s3')
  expect(signedService({}, presigned('s3'))).toBe('s3')
})

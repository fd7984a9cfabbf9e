import type { IncomingMessage } from 'node:http'
import type { WireRequest } from '../../wire/face.ts'
import { percentDecode } from './percent.ts'
import { S3Error } from './s3-error.ts'

const MAX_KEY_BYTES = 1024

/** A request with its target taken apart. */
export interface S3Request {
  readonly method: string
  /** Empty for requests about the account's buckets. */
  readonly bucket: string
  /** Empty for requests about the bucket itself. */
  readonly key: string
  readonly query: ReadonlyMap<string, string>
  /** By lower-case name; what a presigned address carries in its query is in here too. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: IncomingMessage
  readonly requestId: string
  readonly sourceIpAddress: string
}

/**
 * Takes a path-style request apart: `/bucket/key`. The key is everything behind the second slash as it was sent, so
 * `..`, `//` and `.` are plain characters of it.
 *
 * @throws S3Error InvalidURI, KeyTooLongError
 */
export function parseS3Request(wire: WireRequest): S3Request {
  const [, rawBucket = '', rawKey = ''] = /^\/?([^/]*)\/?(.*)$/s.exec(wire.path) ?? []
  const query = parseQuery(wire.query)
  return {
    method: wire.method,
    bucket: percentDecode(rawBucket),
    key: checkedKey(percentDecode(rawKey)),
    query,
    headers: headersOf(wire, query),
    body: wire.body,
    requestId: wire.requestId,
    sourceIpAddress: wire.body.socket.remoteAddress ?? '127.0.0.1',
  }
}

/** @throws S3Error KeyTooLongError for more than 1,024 bytes of UTF-8 */
export function checkedKey(key: string): string {
  const size = Buffer.byteLength(key)
  if (size <= MAX_KEY_BYTES) return key
  const message = `The key has ${size} bytes of UTF-8. Shorten it to ${MAX_KEY_BYTES} or fewer.`
  throw new S3Error('KeyTooLongError', message, { Size: size, MaxSizeAllowed: MAX_KEY_BYTES })
}

function parseQuery(raw: string): ReadonlyMap<string, string> {
  const query = new Map<string, string>()
  for (const pair of raw.split('&')) {
    if (pair === '') continue
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? []
    query.set(decodeQuery(name), decodeQuery(value))
  }
  return query
}

function decodeQuery(encoded: string): string {
  return percentDecode(encoded.replaceAll('+', ' '))
}

function headersOf(wire: WireRequest, query: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const [name, value] of query) {
    if (/^x-amz-/i.test(name)) headers.set(name.toLowerCase(), value)
  }
  for (const [name, value] of Object.entries(wire.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}

import type { ChecksumAlgorithm } from '../checksum/checksums.ts'
import { checksumHeader } from '../checksum/checksums.ts'
import { Digests } from '../checksum/digests.ts'
import { AwsChunkedDecoder } from './aws-chunked.ts'
import { checkedBase64, type DeclaredBody, declaredBody } from './declared-body.ts'
import { S3Error } from './s3-error.ts'
import type { S3Request } from './s3-request.ts'

/** A request's payload: read `bytes` to the end, then ask for the digests. */
export interface CheckedBody {
  readonly declared: DeclaredBody
  readonly digests: Digests
  /** The payload without framing. It throws at its end, instead of ending, if it is not what the headers declared. */
  readonly bytes: AsyncIterable<Buffer>
}

/**
 * The request's payload, verified while it streams: size, Content-MD5, x-amz-content-sha256 and x-amz-checksum-*,
 * the last as a header or as a trailer.
 *
 * @param wanted more checksums to compute on the way
 * @throws S3Error BadDigest, XAmzContentSHA256Mismatch, IncompleteBody, MalformedTrailerError while it is read
 */
export function checkedBody(
  request: S3Request,
  ...wanted: readonly (ChecksumAlgorithm | undefined)[]
): CheckedBody {
  const declared = declaredBody(request.headers)
  const digests = new Digests([
    ...wanted,
    declared.checksum?.algorithm,
    declared.contentMd5 === undefined ? undefined : 'MD5',
    declared.sha256 === undefined ? undefined : 'SHA256',
  ])
  return { declared, digests, bytes: verified(request, declared, digests) }
}

/** Reads a small body whole, verified. @throws S3Error EntityTooLarge beyond `limit` bytes, and as `checkedBody` */
export async function readSmallBody(request: S3Request, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of checkedBody(request).bytes) {
    size += chunk.length
    if (size > limit)
      throw new S3Error('EntityTooLarge', `The body has more than ${limit} bytes. Send less at once.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

async function* verified(
  request: S3Request,
  declared: DeclaredBody,
  digests: Digests,
): AsyncGenerator<Buffer> {
  // Left early, the connection must live on: the client waits for the error on it.
  const raw: AsyncIterable<Buffer> = request.body.iterator({ destroyOnReturn: false })
  const decoder = declared.encoding === 'plain' ? undefined : new AwsChunkedDecoder()
  let size = 0
  for await (const chunk of digests.through(decoder === undefined ? raw : decode(raw, decoder))) {
    size += chunk.length
    yield chunk
  }
  if (size !== declared.size) {
    throw new S3Error(
      'IncompleteBody',
      `The body has ${size} bytes, its headers say ${declared.size}. Send it again.`,
    )
  }
  verifyDigests(declared, digests, decoder?.trailers)
}

async function* decode(raw: AsyncIterable<Buffer>, decoder: AwsChunkedDecoder): AsyncGenerator<Buffer> {
  for await (const chunk of raw) yield* decoder.push(chunk)
  decoder.end()
}

function verifyDigests(
  declared: DeclaredBody,
  digests: Digests,
  trailers: ReadonlyMap<string, string> | undefined,
): void {
  if (declared.contentMd5 !== undefined) compare('MD5', 'Content-MD5', declared.contentMd5, digests)
  if (declared.checksum !== undefined) {
    const { algorithm } = declared.checksum
    const name = checksumHeader(algorithm)
    const value = declared.checksum.value ?? checkedBase64(trailers?.get(name), algorithm, name)
    if (value === undefined)
      throw new S3Error('MalformedTrailerError', `The announced trailer ${name} never came.`)
    compare(algorithm, name, value, digests)
  }
  if (declared.sha256 !== undefined && digests.result('SHA256').toString('hex') !== declared.sha256) {
    const message = 'The body is not the one that was signed in x-amz-content-sha256. Send it again.'
    throw new S3Error('XAmzContentSHA256Mismatch', message)
  }
}

function compare(algorithm: ChecksumAlgorithm, name: string, expected: string, digests: Digests): void {
  const actual = digests.result(algorithm).toString('base64')
  if (actual === expected) return
  const message = `The body's ${algorithm} is ${actual}, but ${name} says ${expected}. It was damaged: send it again.`
  throw new S3Error('BadDigest', message, { ExpectedDigest: expected, CalculatedDigest: actual })
}

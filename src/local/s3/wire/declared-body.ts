import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  checksumHeader,
  parseChecksumAlgorithm,
} from '../checksum/checksums.ts'
import { S3Error } from './s3-error.ts'

const DIGEST_BYTES: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
  SHA512: 64,
  MD5: 16,
}

/** What the headers say about the body; it is held against the body once that has arrived. */
export interface DeclaredBody {
  readonly encoding: 'plain' | 'aws-chunked'
  /** Bytes of payload, framing not counted. */
  readonly size: number
  /** Base64. */
  readonly contentMd5: string | undefined
  /** Hexadecimal, if the whole payload is signed. */
  readonly sha256: string | undefined
  /** The value is absent if it follows as a trailer. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string | undefined } | undefined
}

/** @throws S3Error MissingContentLength, InvalidDigest, InvalidRequest, NotImplemented */
export function declaredBody(headers: ReadonlyMap<string, string>): DeclaredBody {
  const sha256 = headers.get('x-amz-content-sha256')
  const chunked =
    sha256?.startsWith('STREAMING-') === true ||
    /\baws-chunked\b/i.test(headers.get('content-encoding') ?? '')
  return {
    encoding: chunked ? 'aws-chunked' : 'plain',
    size: declaredSize(headers, chunked),
    contentMd5: checkedBase64(headers.get('content-md5'), 'MD5', 'Content-MD5'),
    sha256: sha256 !== undefined && /^[0-9a-f]{64}$/i.test(sha256) ? sha256.toLowerCase() : undefined,
    checksum: headerChecksum(headers) ?? trailerChecksum(headers),
  }
}

function declaredSize(headers: ReadonlyMap<string, string>, chunked: boolean): number {
  const name = chunked ? 'x-amz-decoded-content-length' : 'content-length'
  const value = headers.get(name)
  if (value !== undefined && /^\d{1,15}$/.test(value)) return Number(value)
  throw new S3Error('MissingContentLength', `The header ${name} is missing. Send the number of bytes in it.`)
}

function headerChecksum(headers: ReadonlyMap<string, string>): DeclaredBody['checksum'] {
  const sent = CHECKSUM_ALGORITHMS.filter(algorithm => headers.has(checksumHeader(algorithm)))
  if (sent.length > 1)
    throw new S3Error('InvalidRequest', `${sent.length} checksums were sent. Send only one.`)
  const unknown = [...headers.keys()].find(name => /^x-amz-checksum-xxhash/.test(name))
  if (unknown !== undefined) parseChecksumAlgorithm(unknown.slice('x-amz-checksum-'.length))
  const [algorithm] = sent
  if (algorithm === undefined) return undefined
  const name = checksumHeader(algorithm)
  return { algorithm, value: checkedBase64(headers.get(name), algorithm, name) }
}

function trailerChecksum(headers: ReadonlyMap<string, string>): DeclaredBody['checksum'] {
  const trailer = headers.get('x-amz-trailer')?.trim().toLowerCase()
  if (trailer?.startsWith('x-amz-checksum-')) {
    return { algorithm: parseChecksumAlgorithm(trailer.slice('x-amz-checksum-'.length)), value: undefined }
  }
  const announced = headers.get('x-amz-sdk-checksum-algorithm')
  if (announced === undefined) return undefined
  const message = `x-amz-sdk-checksum-algorithm says ${announced}, but no checksum header or trailer came with it.`
  throw new S3Error('InvalidRequest', `${message} Send x-amz-checksum-${announced.toLowerCase()}.`)
}

/** @throws S3Error InvalidDigest, InvalidRequest if the text cannot be such a checksum at all */
export function checkedBase64(value: string | undefined, algorithm: ChecksumAlgorithm, name: string) {
  if (value === undefined) return undefined
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length === DIGEST_BYTES[algorithm] && bytes.toString('base64') === value) return value
  const code = name === 'Content-MD5' ? 'InvalidDigest' : 'InvalidRequest'
  throw new S3Error(code, `The value of ${name} is not a ${algorithm} checksum in base64. Compute it again.`)
}

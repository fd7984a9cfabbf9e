import { checksumHeaders } from '../checksum/checksums.ts'
import type { ObjectVersion } from '../store/object-version.ts'
import type { Storage } from '../store/storage.ts'
import type { S3Answer } from '../wire/answer.ts'
import { checkReadConditions } from '../wire/conditions.ts'
import { objectHeaders } from '../wire/object-headers.ts'
import { type ByteRange, parseRange } from '../wire/range.ts'
import { invalidArgument, S3Error } from '../wire/s3-error.ts'
import type { S3Request } from '../wire/s3-request.ts'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export function getObject({ objects, data }: Storage, request: S3Request): S3Answer {
  const version = objects.require(request.bucket, request.key)
  const { status, headers, range } = describe(version, request)
  // An uploaded page that is opened by a presigned address must not run as a script of this endpoint.
  const sandboxed = { ...headers, 'content-security-policy': 'sandbox' }
  return { status, headers: sandboxed, body: data.read(version.segments, range.start, range.end) }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export function headObject({ objects }: Storage, request: S3Request): S3Answer {
  const version = objects.require(request.bucket, request.key)
  const { status, headers } = describe(version, request)
  return { status, headers }
}

interface Description {
  readonly status: 200 | 206
  readonly headers: Readonly<Record<string, string>>
  readonly range: ByteRange
}

function describe(version: ObjectVersion, { headers, query }: S3Request): Description {
  checkReadConditions(headers, version)
  const partNumber = query.get('partNumber')
  const part = partNumber === undefined ? undefined : partRange(version, partNumber)
  const asked = part ?? parseRange(headers.get('range'), version.size)
  const range = asked ?? { start: 0, end: version.size - 1 }
  const description = {
    ...objectHeaders(version, query),
    'content-length': String(range.end - range.start + 1),
    ...(part !== undefined &&
      isMultipart(version) && { 'x-amz-mp-parts-count': String(version.segments.length) }),
  }
  if (asked !== undefined) {
    const where = { 'content-range': `bytes ${range.start}-${range.end}/${version.size}` }
    return { status: 206, headers: { ...description, ...where }, range }
  }
  // The checksum is that of the whole: with a part of the bytes clients would find it wrong.
  const wanted = headers.get('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED'
  return {
    status: 200,
    headers: { ...description, ...checksumHeaders(wanted ? version.checksum : undefined) },
    range,
  }
}

/** The bytes of one part; undefined for the only part of an empty object, which is no range. */
function partRange(version: ObjectVersion, partNumber: string): ByteRange | undefined {
  if (!/^[1-9]\d{0,4}$/.test(partNumber)) {
    throw invalidArgument('partNumber', partNumber, 'Give a whole number from 1 to 10000.')
  }
  const number = Number(partNumber)
  const segment = version.segments[number - 1]
  if (segment === undefined) {
    const message = `The object has ${version.segments.length} parts, no part ${number}. Ask for one it has.`
    throw new S3Error('InvalidPartNumber', message, { ActualPartCount: version.segments.length })
  }
  if (segment.size === 0) return undefined
  const start = version.segments.slice(0, number - 1).reduce((sum, { size }) => sum + size, 0)
  return { start, end: start + segment.size - 1 }
}

function isMultipart(version: ObjectVersion): boolean {
  return version.uploadId !== undefined
}

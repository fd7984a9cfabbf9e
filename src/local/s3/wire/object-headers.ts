import type { ObjectVersion } from '../store/object-version.ts'
import { invalidArgument, S3Error } from './s3-error.ts'

const META = 'x-amz-meta-'
const MAX_METADATA_BYTES = 2048
const DEFAULT_TYPE = 'binary/octet-stream'
const KEPT = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
]
const NAME = /^[\w!#$%&'*+.^`|~-]+$/
const VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/

type Headers = ReadonlyMap<string, string>

/**
 * The headers of an upload that are kept with the object.
 *
 * @throws S3Error MetadataTooLarge beyond 2 KB, InvalidArgument for what could not be sent back as a header
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export function keptHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': DEFAULT_TYPE }
  let metadataBytes = 0
  for (const [name, value] of headers) {
    if (name.startsWith(META)) metadataBytes += name.length - META.length + Buffer.byteLength(value)
    else if (!KEPT.includes(name)) continue
    const own = name === 'content-encoding' ? withoutAwsChunked(value) : value
    if (own !== '' || name.startsWith(META)) kept[name] = checkedHeader(name, own)
  }
  if (metadataBytes <= MAX_METADATA_BYTES) return kept
  const message = `The x-amz-meta- headers have ${metadataBytes} bytes. Shorten them to ${MAX_METADATA_BYTES} or fewer.`
  throw new S3Error('MetadataTooLarge', message, { Size: metadataBytes, MaxSizeAllowed: MAX_METADATA_BYTES })
}

/** The headers of an answer that tell of an object, `response-...` overrides of the query included. */
export function objectHeaders(version: ObjectVersion, query: Headers): Record<string, string> {
  const headers: Record<string, string> = {
    ...version.headers,
    etag: `"${version.etag}"`,
    'last-modified': new Date(version.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
  }
  if (version.storageClass !== 'STANDARD') headers['x-amz-storage-class'] = version.storageClass
  for (const name of KEPT) {
    const override = query.get(`response-${name}`)
    if (override !== undefined) headers[name] = checkedHeader(`response-${name}`, override)
  }
  return headers
}

export function storageClassOf(headers: Headers): string {
  return headers.get('x-amz-storage-class') ?? 'STANDARD'
}

// What comes from a presigned address's query has not passed Node's parser of headers.
function checkedHeader(name: string, value: string): string {
  if (NAME.test(name) && VALUE.test(value)) return value
  throw invalidArgument(name, value, 'It cannot be a header: use printable Latin-1 characters.')
}

function withoutAwsChunked(encodings: string): string {
  return encodings
    .split(',')
    .map(encoding => encoding.trim())
    .filter(encoding => encoding.toLowerCase() !== 'aws-chunked')
    .join(',')
}

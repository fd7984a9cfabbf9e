import { S3Error } from './s3-error.ts'
import type { S3Request } from './s3-request.ts'

export type OperationName =
  | 'ListBuckets'
  | 'CreateBucket'
  | 'HeadBucket'
  | 'DeleteBucket'
  | 'GetBucketLocation'
  | 'ListObjects'
  | 'ListObjectsV2'
  | 'PutObject'
  | 'GetObject'
  | 'HeadObject'
  | 'DeleteObject'
  | 'DeleteObjects'
  | 'CopyObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'UploadPartCopy'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'ListParts'
  | 'ListMultipartUploads'

interface Route {
  readonly method: string
  readonly level: 'service' | 'bucket' | 'object'
  /** Query members (or the header) that make it this operation. */
  readonly needs?: readonly string[]
  readonly header?: string
  /** Query members it understands besides. */
  readonly takes?: readonly string[]
  readonly operation: OperationName
}

const RESPONSE_OVERRIDES = ['type', 'language', 'disposition', 'encoding'].map(
  name => `response-content-${name}`,
)
const READ = ['partNumber', 'versionId', 'response-cache-control', 'response-expires', ...RESPONSE_OVERRIDES]
const LIST = ['prefix', 'delimiter', 'max-keys', 'encoding-type']
const COPY = 'x-amz-copy-source'

// The first that fits wins, so the more special come first.
const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    level: 'service',
    takes: ['prefix', 'max-buckets', 'continuation-token', 'bucket-region'],
    operation: 'ListBuckets',
  },
  { method: 'PUT', level: 'bucket', operation: 'CreateBucket' },
  { method: 'HEAD', level: 'bucket', operation: 'HeadBucket' },
  { method: 'DELETE', level: 'bucket', operation: 'DeleteBucket' },
  { method: 'GET', level: 'bucket', needs: ['location'], operation: 'GetBucketLocation' },
  {
    method: 'GET',
    level: 'bucket',
    needs: ['uploads'],
    takes: ['prefix', 'delimiter', 'key-marker', 'upload-id-marker', 'max-uploads', 'encoding-type'],
    operation: 'ListMultipartUploads',
  },
  {
    method: 'GET',
    level: 'bucket',
    needs: ['list-type'],
    takes: [...LIST, 'continuation-token', 'start-after', 'fetch-owner'],
    operation: 'ListObjectsV2',
  },
  { method: 'GET', level: 'bucket', takes: [...LIST, 'marker'], operation: 'ListObjects' },
  { method: 'POST', level: 'bucket', needs: ['delete'], operation: 'DeleteObjects' },
  {
    method: 'GET',
    level: 'object',
    needs: ['uploadId'],
    takes: ['max-parts', 'part-number-marker', 'encoding-type'],
    operation: 'ListParts',
  },
  { method: 'GET', level: 'object', takes: READ, operation: 'GetObject' },
  { method: 'HEAD', level: 'object', takes: READ, operation: 'HeadObject' },
  {
    method: 'PUT',
    level: 'object',
    needs: ['uploadId', 'partNumber'],
    header: COPY,
    operation: 'UploadPartCopy',
  },
  { method: 'PUT', level: 'object', needs: ['uploadId', 'partNumber'], operation: 'UploadPart' },
  { method: 'PUT', level: 'object', header: COPY, operation: 'CopyObject' },
  { method: 'PUT', level: 'object', operation: 'PutObject' },
  { method: 'DELETE', level: 'object', needs: ['uploadId'], operation: 'AbortMultipartUpload' },
  { method: 'DELETE', level: 'object', takes: ['versionId'], operation: 'DeleteObject' },
  { method: 'POST', level: 'object', needs: ['uploads'], operation: 'CreateMultipartUpload' },
  { method: 'POST', level: 'object', needs: ['uploadId'], operation: 'CompleteMultipartUpload' },
]

// What signs a presigned address; and `x-...`, which S3 sets aside for its clients' own use.
const NO_SUBRESOURCE = /^(x-.*|AWSAccessKeyId|Signature|Expires)$/i

/**
 * Finds the operation a request asks for.
 *
 * @throws S3Error NotImplemented for a subresource that is not built, so that none is ignored; MethodNotAllowed
 */
export function findOperation(request: S3Request): OperationName {
  const route = ROUTES.find(candidate => fits(candidate, request))
  const understood = [...(route?.needs ?? []), ...(route?.takes ?? [])]
  for (const name of request.query.keys()) {
    if (!understood.includes(name) && !NO_SUBRESOURCE.test(name)) throw notBuilt(request.method, `?${name}`)
  }
  if (route !== undefined) return route.operation
  if (request.method === 'POST') throw notBuilt('POST', 'an upload by an HTML form')
  const message = `${request.method} is not allowed on a ${levelOf(request)}. Look the operation's method up.`
  throw new S3Error('MethodNotAllowed', message, { Method: request.method })
}

function fits(route: Route, request: S3Request): boolean {
  return (
    route.method === request.method &&
    route.level === levelOf(request) &&
    (route.needs ?? []).every(name => request.query.has(name)) &&
    (route.header === undefined || request.headers.has(route.header))
  )
}

function levelOf(request: S3Request): Route['level'] {
  if (request.key !== '') return 'object'
  return request.bucket === '' ? 'service' : 'bucket'
}

function notBuilt(method: string, what: string): S3Error {
  const message = `${method} with ${what} is not built into the local S3. Leave it out, or run against real S3.`
  return new S3Error('NotImplemented', message)
}

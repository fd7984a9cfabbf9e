import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { findOperation } from '../../../../src/local/s3/wire/routes.ts'
import { parseS3Request } from '../../../../src/local/s3/wire/s3-request.ts'

const find = (line: string, headers = {}) => {
  const [method = '', path = '', query = ''] = line.split(/[ ?]/)
  const body = { socket: {} } as unknown as IncomingMessage
  return findOperation(parseS3Request({ method, path, query, headers, body, requestId: 'r' }))
}

describe('findOperation', () => {
  it.each([
    ['GET /', 'ListBuckets'],
    ['PUT /b', 'CreateBucket'],
    ['HEAD /b', 'HeadBucket'],
    ['DELETE /b/', 'DeleteBucket'],
    ['GET /b?location', 'GetBucketLocation'],
    ['GET /b', 'ListObjects'],
    ['GET /b?list-type=2&prefix=x', 'ListObjectsV2'],
    ['GET /b?uploads', 'ListMultipartUploads'],
    ['POST /b?delete', 'DeleteObjects'],
    ['GET /b/k?x-id=GetObject&X-Amz-Signature=s', 'GetObject'],
    ['GET /b/k?AWSAccessKeyId=a&Signature=s&Expires=1', 'GetObject'],
    ['GET /b/k?uploadId=u', 'ListParts'],
    ['PUT /b/k', 'PutObject'],
    ['PUT /b/k?uploadId=u&partNumber=1', 'UploadPart'],
    ['POST /b/k?uploads', 'CreateMultipartUpload'],
    ['POST /b/k?uploadId=u', 'CompleteMultipartUpload'],
    ['DELETE /b/k?uploadId=u', 'AbortMultipartUpload'],
    ['DELETE /b/k', 'DeleteObject'],
  ])('%s is %s', (line, operation) => expect(find(line)).toBe(operation))

  it.each([
    ['PUT /b/k', 'CopyObject'],
    ['PUT /b/k?uploadId=u&partNumber=1', 'UploadPartCopy'],
  ])('%s with a copy source is %s', (line, operation) => {
    expect(find(line, { 'x-amz-copy-source': 'a/b' })).toBe(operation)
  })

  it.each([
    ['GET /b?notification', 'NotImplemented'],
    ['PUT /b?notification', 'NotImplemented'],
    ['PUT /b?versioning', 'NotImplemented'],
    ['GET /b?versions', 'NotImplemented'],
    ['DELETE /b?lifecycle', 'NotImplemented'],
    ['PUT /b/k?tagging', 'NotImplemented'],
    ['GET /b/k?attributes', 'NotImplemented'],
    ['PUT /b/k?partNumber=1', 'NotImplemented'],
    ['PUT /b/k?uploadId=u', 'NotImplemented'],
    ['POST /b/k?select&select-type=2', 'NotImplemented'],
    ['GET /b?list-type=2&unheard-of=1', 'NotImplemented'],
    ['POST /b', 'NotImplemented'],
    ['PATCH /b/k', 'MethodNotAllowed'],
    ['DELETE /', 'MethodNotAllowed'],
    ['OPTIONS /b/k', 'MethodNotAllowed'],
  ])('refuses %s with %s', (line, code) => {
    expect(() => find(line)).toThrow(expect.objectContaining({ code }))
  })
})

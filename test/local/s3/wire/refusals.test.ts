import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { refuseWhatIsNotBuilt } from '../../../../src/local/s3/wire/refusals.ts'
import { parseS3Request } from '../../../../src/local/s3/wire/s3-request.ts'

const request = (headers: Record<string, string>, query = '') => {
  const body = { socket: {} } as unknown as IncomingMessage
  return parseS3Request({ method: 'PUT', path: '/b/k', query, headers, body, requestId: 'r' })
}

describe('refuseWhatIsNotBuilt', () => {
  it.each([
    [{}],
    [{ 'x-amz-acl': 'bucket-owner-full-control' }],
    [{ 'x-amz-server-side-encryption': 'AES256' }],
    [{ 'x-amz-storage-class': 'STANDARD_IA' }],
    [{ 'x-amz-expected-bucket-owner': '123456789012' }],
    [{ 'x-amz-tagging-directive': 'COPY' }],
    [{ 'x-amz-meta-x-amz-tagging': 'mine' }],
  ])('lets %j pass', headers => {
    expect(() =>
      refuseWhatIsNotBuilt(request(headers as Record<string, string>), '123456789012'),
    ).not.toThrow()
  })

  it.each([
    [{ 'x-amz-acl': 'public-read' }, 'AccessControlListNotSupported'],
    [{ 'x-amz-grant-read': 'id=1' }, 'AccessControlListNotSupported'],
    [{ 'x-amz-tagging': 'a=b' }, 'NotImplemented'],
    [{ 'x-amz-server-side-encryption': 'aws:kms' }, 'NotImplemented'],
    [{ 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }, 'NotImplemented'],
    [{ 'x-amz-object-lock-mode': 'GOVERNANCE' }, 'NotImplemented'],
    [{ 'x-amz-website-redirect-location': '/x' }, 'NotImplemented'],
    [{ 'x-amz-write-offset-bytes': '5' }, 'NotImplemented'],
    [{ 'x-amz-storage-class': 'GLACIER' }, 'NotImplemented'],
    [{ 'x-amz-storage-class': 'CHEAP' }, 'InvalidStorageClass'],
    [{ 'x-amz-expected-bucket-owner': '999999999999' }, 'AccessDenied'],
  ])('refuses %j with %s', (headers, code) => {
    const sent = request(headers as Record<string, string>)
    expect(() => refuseWhatIsNotBuilt(sent, '123456789012')).toThrow(expect.objectContaining({ code }))
  })

  it('knows no version but null', () => {
    expect(() => refuseWhatIsNotBuilt(request({}, 'versionId=null'), '1')).not.toThrow()
    expect(() => refuseWhatIsNotBuilt(request({}, 'versionId=abc'), '1')).toThrow(
      expect.objectContaining({ code: 'NoSuchVersion', status: 404 }),
    )
  })
})

import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { parseS3Request } from '../../../../src/local/s3/wire/s3-request.ts'

const wire = (path: string, query = '', headers = {}) => ({
  method: 'GET',
  path,
  query,
  headers,
  body: { socket: { remoteAddress: '127.0.0.1' } } as unknown as IncomingMessage,
  requestId: 'r-1',
})

describe('parseS3Request', () => {
  it.each([
    ['/', '', ''],
    ['', '', ''],
    ['/bucket', 'bucket', ''],
    ['/bucket/', 'bucket', ''],
    ['/bucket/a/b', 'bucket', 'a/b'],
    ['/bucket/../../etc/passwd', 'bucket', '../../etc/passwd'],
    ['/bucket/..%2F..%2Fetc', 'bucket', '../../etc'],
    ['/bucket//', 'bucket', '/'],
    ['/bucket/./x', 'bucket', './x'],
    ['/bucket/a%0Ab', 'bucket', 'a\nb'],
    ['/../etc', '..', 'etc'],
  ])('takes %s apart without resolving anything', (path, bucket, key) => {
    expect(parseS3Request(wire(path))).toMatchObject({ bucket, key })
  })

  it('reads query members with and without a value', () => {
    const { query } = parseS3Request(wire('/b', 'uploads&prefix=a%2Bb+c&delimiter=%2F&x=1=2&&'))
    expect([...query]).toEqual([
      ['uploads', ''],
      ['prefix', 'a+b c'],
      ['delimiter', '/'],
      ['x', '1=2'],
    ])
  })

  it('takes what a presigned address carries in its query for headers, unless they are sent too', () => {
    const query = 'X-Amz-Meta-A=1&x-amz-meta-b=2&prefix=p'
    const { headers } = parseS3Request(wire('/b/k', query, { 'x-amz-meta-b': 'sent' }))
    expect(Object.fromEntries(headers)).toEqual({ 'x-amz-meta-a': '1', 'x-amz-meta-b': 'sent' })
  })

  it.each([
    ['a'.repeat(1024), true],
    ['a'.repeat(1025), false],
    [encodeURIComponent('😀'.repeat(256)), true],
    [`${encodeURIComponent('😀'.repeat(256))}a`, false],
  ])('counts the bytes of a key, not its characters (%#)', (key, fits) => {
    const parse = () => parseS3Request(wire(`/b/${key}`))
    if (fits) expect(parse).not.toThrow()
    else expect(parse).toThrow(expect.objectContaining({ code: 'KeyTooLongError', status: 400 }))
  })
})

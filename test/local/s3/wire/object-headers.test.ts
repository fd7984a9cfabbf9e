import { describe, expect, it } from 'vitest'
import { keptHeaders, objectHeaders } from '../../../../src/local/s3/wire/object-headers.ts'

const version = {
  bucket: 'b',
  key: 'k',
  size: 3,
  etag: 'abc',
  lastModified: Date.parse('2026-11-21T01:02:03Z'),
  headers: { 'content-type': 'text/csv', 'x-amz-meta-a': '1' },
  storageClass: 'STANDARD_IA',
  segments: [],
}

describe('keptHeaders', () => {
  it.each([
    [{}, { 'content-type': 'binary/octet-stream' }],
    [{ 'content-type': 'text/csv' }, { 'content-type': 'text/csv' }],
    [
      { 'content-type': 'a/b', 'content-encoding': 'gzip, aws-chunked' },
      { 'content-type': 'a/b', 'content-encoding': 'gzip' },
    ],
    [{ 'content-type': 'a/b', 'content-encoding': 'aws-chunked' }, { 'content-type': 'a/b' }],
    [
      { 'content-type': 'a/b', 'x-amz-meta-empty': '', host: 'x', 'x-amz-date': 'y' },
      { 'content-type': 'a/b', 'x-amz-meta-empty': '' },
    ],
  ])('keeps of %j only %j', (sent, kept) => {
    expect(keptHeaders(new Map(Object.entries(sent)))).toEqual(kept)
  })

  it.each([
    [{ 'x-amz-meta-a': 'x'.repeat(2048) }, 'MetadataTooLarge'],
    [{ 'x-amz-meta-a': 'line\nbreak' }, 'InvalidArgument'],
    [{ 'x-amz-meta-a': '€' }, 'InvalidArgument'],
    [{ 'x-amz-meta-a b': '1' }, 'InvalidArgument'],
  ])('refuses %.40j with %s', (sent, code) => {
    expect(() => keptHeaders(new Map(Object.entries(sent)))).toThrow(expect.objectContaining({ code }))
  })
})

describe('objectHeaders', () => {
  it('tells of the object', () => {
    expect(objectHeaders(version, new Map())).toEqual({
      'content-type': 'text/csv',
      'x-amz-meta-a': '1',
      etag: '"abc"',
      'last-modified': 'Sat, 21 Nov 2026 01:02:03 GMT',
      'accept-ranges': 'bytes',
      'x-amz-storage-class': 'STANDARD_IA',
    })
  })

  it('takes overrides from the query, but no second header by a line break', () => {
    expect(objectHeaders(version, new Map([['response-content-type', 'text/plain']]))).toMatchObject({
      'content-type': 'text/plain',
    })
    expect(() => objectHeaders(version, new Map([['response-expires', '1\r\nset-cookie: a']]))).toThrow(
      expect.objectContaining({ code: 'InvalidArgument' }),
    )
  })
})

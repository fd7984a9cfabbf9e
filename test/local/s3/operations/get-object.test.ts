import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, type LocalS3, startS3 } from '../local-s3.ts'

const MODIFIED = Date.parse('2026-11-21T01:02:03Z')
const BEFORE = new Date(MODIFIED - 1000)
const object = { Bucket: 'inbox', Key: 'k' }
let local: LocalS3
let etag: string

beforeAll(async () => {
  local = await startS3({ now: () => MODIFIED + 456 })
  local.s3.createBucket('inbox')
  const headers = {
    ContentType: 'text/csv',
    ContentEncoding: 'identity',
    CacheControl: 'no-cache',
    ContentDisposition: 'attachment',
    ContentLanguage: 'en',
    Metadata: { one: '1', two: 'b b' },
    StorageClass: 'STANDARD_IA',
  } as const
  etag =
    (await local.client.send(new PutObjectCommand({ ...object, ...headers, Body: '0123456789' }))).ETag ?? ''
  await local.client.send(new PutObjectCommand({ Bucket: 'inbox', Key: 'empty', Body: '', ContentLength: 0 }))
})
afterAll(() => local.stop())

const get = async (input: Partial<GetObjectCommand['input']> = {}) => {
  const answer = await local.client.send(new GetObjectCommand({ ...object, ...input }))
  return { ...answer, content: await answer.Body?.transformToString() }
}

describe('getObject and headObject', () => {
  it('give back everything that was put', async () => {
    const expected = {
      ContentType: 'text/csv',
      ContentEncoding: 'identity',
      CacheControl: 'no-cache',
      ContentDisposition: 'attachment',
      ContentLanguage: 'en',
      Metadata: { one: '1', two: 'b b' },
      StorageClass: 'STANDARD_IA',
      ContentLength: 10,
      LastModified: new Date(MODIFIED),
      AcceptRanges: 'bytes',
      ETag: etag,
    }
    expect(await get()).toMatchObject({ ...expected, content: '0123456789', ChecksumType: 'FULL_OBJECT' })
    expect(await local.client.send(new HeadObjectCommand(object))).toMatchObject(expected)
  })

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=0-0,5-6', '0123456789', undefined],
  ])('give %s of the bytes', async (Range, content, ContentRange) => {
    const answer = await get({ Range })
    expect(answer).toMatchObject({ content, ContentLength: content.length })
    expect(answer.ContentRange).toBe(ContentRange)
    expect(answer.$metadata.httpStatusCode).toBe(ContentRange === undefined ? 200 : 206)
  })

  it.each([
    [{ Range: 'bytes=10-' }, { status: 416, code: 'InvalidRange' }],
    [
      { Key: 'empty', Range: 'bytes=0-' },
      { status: 416, code: 'InvalidRange' },
    ],
    [{ IfMatch: '"other"' }, { status: 412, code: 'PreconditionFailed' }],
    [{ IfUnmodifiedSince: BEFORE }, { status: 412, code: 'PreconditionFailed' }],
    [{ IfModifiedSince: new Date(MODIFIED) }, { status: 304, code: '304' }],
    [{ PartNumber: 2 }, { status: 416, code: 'InvalidPartNumber' }],
    [{ Key: 'none' }, { status: 404, code: 'NoSuchKey' }],
    [{ Bucket: 'none' }, { status: 404, code: 'NoSuchBucket' }],
    [{ VersionId: 'abc' }, { status: 404, code: 'NoSuchVersion' }],
  ])('refuse %j', async (input, expected) => {
    expect(await failure(get(input))).toMatchObject({ status: expected.status })
    if (expected.status !== 304) expect(await failure(get(input))).toEqual(expected)
    expect(await failure(local.client.send(new HeadObjectCommand({ ...object, ...input })))).toMatchObject({
      status: expected.status,
    })
  })

  it('answer 304 with the ETag', async () => {
    const answer = await local.send('GET', '/inbox/k', { headers: { 'if-none-match': etag } })
    expect(answer).toMatchObject({ status: 304, headers: { etag } })
    expect(answer.body).toHaveLength(0)
  })

  it('give the only part of an object', async () => {
    expect(await get({ PartNumber: 1 })).toMatchObject({
      content: '0123456789',
      ContentRange: 'bytes 0-9/10',
    })
    expect(await get({ Key: 'empty', PartNumber: 1 })).toMatchObject({ content: '', ContentLength: 0 })
  })

  it('take the headers the query overrides', async () => {
    const answer = await get({ ResponseContentType: 'text/plain', ResponseContentDisposition: 'inline' })
    expect(answer).toMatchObject({ ContentType: 'text/plain', ContentDisposition: 'inline' })
  })

  it('answer HEAD errors without a body, GET errors with one', async () => {
    const head = await local.send('HEAD', '/inbox/none')
    expect(head.status).toBe(404)
    expect(head.body).toHaveLength(0)
    const { body, headers } = await local.send('GET', '/inbox/%3Cnone%3E')
    expect(body.toString()).toMatch(/^<\?xml.*<Error><Code>NoSuchKey<\/Code>.*<Key>&lt;none&gt;<\/Key>/s)
    expect(body.toString()).toContain(`<RequestId>${headers['x-amz-request-id']}</RequestId>`)
  })

  it('keep uploaded pages from running as scripts of the endpoint', async () => {
    expect((await local.send('GET', '/inbox/k')).headers['content-security-policy']).toBe('sandbox')
  })
})

it('goes on reading its version while the object is overwritten and deleted', async () => {
  const Key = 'large'
  const Body = Buffer.alloc(8 * 1024 * 1024, 'a')
  await local.client.send(new PutObjectCommand({ Bucket: 'inbox', Key, Body }))
  const { Body: reading } = await local.client.send(new GetObjectCommand({ Bucket: 'inbox', Key }))
  await local.client.send(new PutObjectCommand({ Bucket: 'inbox', Key, Body: 'new' }))
  await local.send('DELETE', '/inbox/large')
  expect(Body.equals((await reading?.transformToByteArray()) ?? Buffer.of())).toBe(true)
})

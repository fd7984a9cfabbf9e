import { CopyObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, type LocalS3, startS3 } from '../local-s3.ts'

const SOURCE = 'dir/a b+c%ü.csv'
let local: LocalS3
beforeAll(async () => {
  local = await startS3()
  local.s3.createBucket('inbox')
  local.s3.createBucket('other')
  const headers = { ContentType: 'text/csv', Metadata: { a: '1' } }
  await local.client.send(new PutObjectCommand({ Bucket: 'inbox', Key: SOURCE, Body: 'content', ...headers }))
})
afterAll(() => local.stop())

const copy = (input: Partial<CopyObjectCommand['input']> = {}) =>
  local.client.send(
    new CopyObjectCommand({
      Bucket: 'other',
      Key: 'copy',
      CopySource: `inbox/${encodeURIComponent(SOURCE)}`,
      ...input,
    }),
  )
const get = async (Bucket: string, Key: string) => {
  const answer = await local.client.send(new GetObjectCommand({ Bucket, Key }))
  return { ...answer, content: await answer.Body?.transformToString() }
}

describe('copyObject', () => {
  it('copies content, headers and metadata, and says so in an event', async () => {
    const { CopyObjectResult } = await copy({ CopySource: `/inbox/${encodeURIComponent(SOURCE)}` })
    const copied = await get('other', 'copy')
    expect(copied).toMatchObject({ content: 'content', ContentType: 'text/csv', Metadata: { a: '1' } })
    expect(CopyObjectResult?.ETag).toBe(copied.ETag)
    expect(CopyObjectResult?.ChecksumCRC32).toBe(copied.ChecksumCRC32)
    expect(local.events.at(-1)?.detail).toMatchObject({ reason: 'CopyObject', bucket: { name: 'other' } })
  })

  it('replaces headers and metadata on demand, also of the object itself', async () => {
    const replaced = {
      MetadataDirective: 'REPLACE',
      ContentType: 'text/plain',
      Metadata: { b: '2' },
    } as const
    await copy({ Bucket: 'inbox', Key: 'self' })
    await copy({ Bucket: 'inbox', Key: 'self', CopySource: 'inbox/self', ...replaced })
    const copied = await get('inbox', 'self')
    expect(copied).toMatchObject({ content: 'content', ContentType: 'text/plain', Metadata: { b: '2' } })
  })

  it('computes another checksum on demand', async () => {
    expect((await copy({ ChecksumAlgorithm: 'SHA256' })).CopyObjectResult?.ChecksumSHA256).toHaveLength(44)
  })

  it.each([
    [{ CopySource: 'inbox/none' }, { status: 404, code: 'NoSuchKey' }],
    [{ CopySource: 'none/none' }, { status: 404, code: 'NoSuchBucket' }],
    [{ CopySource: 'inbox' }, { status: 400, code: 'InvalidArgument' }],
    [{ CopySource: 'inbox/self?versionId=abc' }, { status: 404, code: 'NoSuchVersion' }],
    [
      { CopySource: 'inbox/self', Bucket: 'inbox', Key: 'self' },
      { status: 400, code: 'InvalidRequest' },
    ],
    [{ CopySourceIfMatch: 'x' }, { status: 412, code: 'PreconditionFailed' }],
    [{ CopySourceIfModifiedSince: new Date('2100-01-01') }, { status: 412, code: 'PreconditionFailed' }],
    [
      { IfNoneMatch: '*', Bucket: 'inbox', Key: 'self' },
      { status: 412, code: 'PreconditionFailed' },
    ],
    [{ MetadataDirective: 'FORGET' as 'COPY' }, { status: 400, code: 'InvalidArgument' }],
    [{ TaggingDirective: 'REPLACE' as const }, { status: 501, code: 'NotImplemented' }],
  ])('refuses %j', async (input, expected) => {
    expect(await failure(copy(input))).toEqual(expected)
  })

  it('copies an empty object', async () => {
    await local.client.send(
      new PutObjectCommand({ Bucket: 'inbox', Key: 'empty', Body: '', ContentLength: 0 }),
    )
    await copy({ CopySource: 'inbox/empty' })
    expect((await get('other', 'copy')).content).toBe('')
  })
})

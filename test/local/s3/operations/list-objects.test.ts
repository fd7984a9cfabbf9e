import {
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, type LocalS3, startS3 } from '../local-s3.ts'

const KEYS = ['a/1', 'a/2', 'b', 'c d+%&.csv', 'z\uffff', 'z😀']
let local: LocalS3
beforeAll(async () => {
  local = await startS3()
  local.s3.createBucket('inbox')
  for (const Key of KEYS.toReversed()) {
    await local.client.send(new PutObjectCommand({ Bucket: 'inbox', Key, Body: Key }))
  }
})
afterAll(() => local.stop())

const list = async (input: Partial<ListObjectsV2CommandInput> = {}) => {
  const page = await local.client.send(new ListObjectsV2Command({ Bucket: 'inbox', ...input }))
  return {
    ...page,
    keys: page.Contents?.map(({ Key }) => Key) ?? [],
    prefixes: page.CommonPrefixes?.map(({ Prefix }) => Prefix) ?? [],
  }
}

describe('listObjectsV2', () => {
  it('lists keys in the order of their UTF-8 bytes', async () => {
    expect(await list()).toMatchObject({
      keys: KEYS,
      KeyCount: 6,
      IsTruncated: false,
      MaxKeys: 1000,
      Name: 'inbox',
    })
  })

  it('tells of each object what S3 tells', async () => {
    const [first] = (await list({ FetchOwner: true, MaxKeys: 1 })).Contents ?? []
    expect(first).toMatchObject({
      Key: 'a/1',
      Size: 3,
      StorageClass: 'STANDARD',
      ChecksumAlgorithm: ['CRC32'],
    })
    expect(first?.ETag).toMatch(/^"[0-9a-f]{32}"$/)
    expect(first?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    [{ Prefix: 'a/' }, ['a/1', 'a/2'], []],
    [{ Delimiter: '/' }, ['b', 'c d+%&.csv', 'z\uffff', 'z😀'], ['a/']],
    [{ Prefix: 'a/', Delimiter: '/' }, ['a/1', 'a/2'], []],
    [{ StartAfter: 'b' }, ['c d+%&.csv', 'z\uffff', 'z😀'], []],
    [{ Prefix: 'c', EncodingType: 'url' }, ['c%20d%2B%25%26.csv'], []],
    [{ MaxKeys: 0 }, [], []],
  ] as const)('lists %j', async (input, keys, prefixes) => {
    expect(await list(input)).toMatchObject({ keys, prefixes, IsTruncated: false })
  })

  it.each([1, 2, 4])('gives pages of %i without loss or repetition', async pageSize => {
    const entries: (string | undefined)[] = []
    const pages = paginateListObjectsV2(
      { client: local.client, pageSize },
      { Bucket: 'inbox', Delimiter: '/' },
    )
    for await (const { Contents = [], CommonPrefixes = [] } of pages) {
      entries.push(...CommonPrefixes.map(({ Prefix }) => Prefix), ...Contents.map(({ Key }) => Key))
    }
    expect(entries).toEqual(['a/', 'b', 'c d+%&.csv', 'z\uffff', 'z😀'])
  })

  it.each([
    [{ ContinuationToken: 'made up' }, 'InvalidArgument'],
    [{ MaxKeys: -1 }, 'InvalidArgument'],
    [{ EncodingType: 'rot13' as 'url' }, 'InvalidArgument'],
    [{ Bucket: 'none' }, 'NoSuchBucket'],
  ])('refuses %j with %s', async (input, code) => {
    expect(await failure(list(input))).toMatchObject({ code })
  })
})

describe('listObjects', () => {
  const listV1 = async (input = {}) => {
    const page = await local.client.send(new ListObjectsCommand({ Bucket: 'inbox', ...input }))
    return { ...page, keys: page.Contents?.map(({ Key }) => Key) }
  }

  it('goes on from a marker', async () => {
    const first = await listV1({ MaxKeys: 2 })
    expect(first).toMatchObject({ keys: ['a/1', 'a/2'], IsTruncated: true })
    expect(first.NextMarker).toBeUndefined()
    expect(await listV1({ Marker: 'a/2' })).toMatchObject({
      keys: KEYS.slice(2),
      Marker: 'a/2',
      IsTruncated: false,
    })
  })

  it('goes on behind a common prefix', async () => {
    const first = await listV1({ MaxKeys: 1, Delimiter: '/' })
    expect(first).toMatchObject({ CommonPrefixes: [{ Prefix: 'a/' }], NextMarker: 'a/' })
    expect((await listV1({ Marker: 'a/', Delimiter: '/' })).keys).toEqual(KEYS.slice(2))
  })
})

import { createHash, randomBytes } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDigest } from '../../../../src/local/s3/checksum/checksums.ts'
import { failure, type LocalS3, startS3 } from '../local-s3.ts'

const FIVE_MIB = 5 * 1024 * 1024
const first = randomBytes(FIVE_MIB)
const last = Buffer.from('the last part may be small')
const object = { Bucket: 'inbox', Key: 'dir/large' }
let local: LocalS3

beforeAll(async () => {
  local = await startS3()
  local.s3.createBucket('inbox')
})
beforeEach(() => {
  local.events.length = 0
})
afterAll(() => local.stop())

const create = async (input: Partial<CreateMultipartUploadCommandInput> = {}) => {
  const created = await local.client.send(new CreateMultipartUploadCommand({ ...object, ...input }))
  return created.UploadId ?? ''
}
const upload = (UploadId: string, PartNumber: number, Body: Buffer, more = {}) =>
  local.client.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body, ...more }))
const complete = (UploadId: string, Parts: object[], more = {}) =>
  local.client.send(
    new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts }, ...more }),
  )
const md5 = (...contents: Buffer[]) => createHash('md5').update(Buffer.concat(contents)).digest()
const partOf = (PartNumber: number, content: Buffer) => ({
  PartNumber,
  ETag: `"${md5(content).toString('hex')}"`,
})
const read = async (more = {}) => {
  const answer = await local.client.send(new GetObjectCommand({ ...object, ...more }))
  return { ...answer, content: Buffer.from((await answer.Body?.transformToByteArray()) ?? []) }
}

describe('a multipart upload', () => {
  it('becomes one object of its parts, with one event', async () => {
    const UploadId = await create({ ContentType: 'text/csv', Metadata: { a: '1' } })
    await upload(UploadId, 7, last)
    await upload(UploadId, 2, Buffer.from('replaced'))
    await upload(UploadId, 2, first)
    await upload(UploadId, 9, Buffer.from('never named'))
    expect(local.events).toEqual([])
    const { ETag } = await complete(UploadId, [partOf(2, first), partOf(7, last)])

    expect(ETag).toBe(`"${md5(md5(first), md5(last)).toString('hex')}-2"`)
    const { content, ...answer } = await read()
    expect(content.equals(Buffer.concat([first, last]))).toBe(true)
    expect(answer).toMatchObject({ ETag, ContentType: 'text/csv', Metadata: { a: '1' } })
    expect(local.events.map(({ detail }) => detail)).toMatchObject([
      { reason: 'CompleteMultipartUpload', object: { key: object.Key, size: FIVE_MIB + last.length } },
    ])
    expect((await read({ Range: `bytes=${FIVE_MIB - 2}-${FIVE_MIB + 2}` })).content).toEqual(
      Buffer.concat([first.subarray(-2), last.subarray(0, 3)]),
    )
    expect(await read({ PartNumber: 2 })).toMatchObject({ content: last, PartsCount: 2 })
  })

  it('may be completed again when the first answer was lost, without a second event', async () => {
    const UploadId = await create()
    await upload(UploadId, 1, last)
    const answers = [await complete(UploadId, [partOf(1, last)]), await complete(UploadId, [partOf(1, last)])]
    expect(answers[1]?.ETag).toBe(answers[0]?.ETag)
    expect(local.events).toHaveLength(1)
  })

  it.each([
    ['CRC32', 'COMPOSITE'],
    ['SHA256', 'COMPOSITE'],
    ['CRC32C', 'FULL_OBJECT'],
    ['CRC64NVME', 'FULL_OBJECT'],
  ] as const)('has a %s of type %s', async (algorithm, type) => {
    const digestOf = (...contents: Buffer[]) => {
      const digest = createDigest(algorithm)
      digest.update(Buffer.concat(contents))
      return digest.digest()
    }
    const name = `Checksum${algorithm}`
    const UploadId = await create({ ChecksumAlgorithm: algorithm, ChecksumType: type })
    const sums = [digestOf(first), digestOf(last)].map(sum => sum.toString('base64'))
    expect(await upload(UploadId, 1, first, { [name]: sums[0] })).toMatchObject({ [name]: sums[0] })
    await upload(UploadId, 2, last, { [name]: sums[1] })
    const whole =
      type === 'FULL_OBJECT'
        ? digestOf(first, last).toString('base64')
        : `${digestOf(digestOf(first), digestOf(last)).toString('base64')}-2`
    const parts = [
      { ...partOf(1, first), [name]: sums[0] },
      { ...partOf(2, last), [name]: sums[1] },
    ]
    if (type === 'FULL_OBJECT') {
      const wrong = complete(UploadId, parts, { [name]: sums[0], ChecksumType: type })
      expect(await failure(wrong)).toEqual({ status: 400, code: 'BadDigest' })
    }
    const { [name as 'ChecksumCRC32']: completed } = await complete(UploadId, parts)
    expect(completed).toBe(whole)
    expect(await read()).toMatchObject({ [name]: whole, ChecksumType: type })
  })

  it.each([
    [[], 'MalformedXML'],
    [[partOf(2, last), partOf(1, first)], 'InvalidPartOrder'],
    [[partOf(1, first), partOf(1, first)], 'InvalidPartOrder'],
    [[partOf(1, last)], 'InvalidPart'],
    [[partOf(3, last)], 'InvalidPart'],
    [[partOf(2, last), partOf(4, last)], 'EntityTooSmall'],
  ])('is not completed with %.60j: %s', async (parts, code) => {
    const UploadId = await create()
    await Promise.all([upload(UploadId, 1, first), upload(UploadId, 2, last), upload(UploadId, 4, last)])
    expect(await failure(complete(UploadId, parts))).toEqual({ status: 400, code })
    expect(local.events).toEqual([])
    await local.client.send(new AbortMultipartUploadCommand({ ...object, UploadId }))
  })

  it('is completed only on its condition, and can be then still', async () => {
    const UploadId = await create()
    await upload(UploadId, 1, last)
    const conditional = complete(UploadId, [partOf(1, last)], { IfNoneMatch: '*' })
    expect(await failure(conditional)).toEqual({ status: 412, code: 'PreconditionFailed' })
    expect(await failure(complete(UploadId, [partOf(1, last)]))).toBeUndefined()
    expect((await read()).content).toEqual(last)
  })

  it('is gone after it was aborted', async () => {
    const UploadId = await create()
    const abort = () => local.client.send(new AbortMultipartUploadCommand({ ...object, UploadId }))
    await abort()
    const gone = { status: 404, code: 'NoSuchUpload' }
    expect(await failure(abort())).toEqual(gone)
    expect(await failure(upload(UploadId, 1, last))).toEqual(gone)
    expect(await failure(complete(UploadId, [partOf(1, last)]))).toEqual(gone)
    expect(await failure(upload('../../etc', 1, last))).toEqual(gone)
  })

  it.each([
    [{ ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' }, 'InvalidRequest'],
    [{ ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' }, 'InvalidRequest'],
    [{ Bucket: 'none' }, 'NoSuchBucket'],
  ] as const)('is not started with %j', async (input, code) => {
    expect(await failure(create(input))).toMatchObject({ code })
  })

  it('takes no part 0, 10001 or with another checksum than it was started with', async () => {
    const UploadId = await create({ ChecksumAlgorithm: 'SHA1' })
    for (const number of [0, 10_001]) {
      expect(await failure(upload(UploadId, number, last))).toMatchObject({ code: 'InvalidArgument' })
    }
    const other = upload(UploadId, 1, last, { ChecksumAlgorithm: 'CRC32' })
    expect(await failure(other)).toMatchObject({ code: 'InvalidRequest' })
  })
})

it('copies parts from an object, whole or in a range', async () => {
  await local.client.send(new PutObjectCommand({ Bucket: 'inbox', Key: 'source', Body: first }))
  const UploadId = await create()
  const copy = (PartNumber: number, CopySourceRange?: string) =>
    local.client.send(
      new UploadPartCopyCommand({
        ...object,
        UploadId,
        PartNumber,
        CopySource: 'inbox/source',
        CopySourceRange,
      }),
    )
  const whole = await copy(1)
  expect(whole.CopyPartResult?.ETag).toBe(partOf(1, first).ETag)
  await copy(2, 'bytes=10-19')
  for (const range of ['bytes=0-', 'bytes=-5', `bytes=0-${FIVE_MIB}`, 'all']) {
    expect(await failure(copy(3, range))).toMatchObject({ code: 'InvalidArgument' })
  }
  await complete(UploadId, [partOf(1, first), partOf(2, first.subarray(10, 20))])
  expect((await read()).content.equals(Buffer.concat([first, first.subarray(10, 20)]))).toBe(true)
})

it('lists the parts in pages', async () => {
  const UploadId = await create({ ChecksumAlgorithm: 'CRC32' })
  for (const number of [5, 1, 3]) await upload(UploadId, number, last)
  const list = (more = {}) => local.client.send(new ListPartsCommand({ ...object, UploadId, ...more }))
  const page = await list({ MaxParts: 2 })
  expect(page).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '3', ChecksumAlgorithm: 'CRC32' })
  expect(page.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual(
    [1, 3].map(n => [n, last.length]),
  )
  const rest = await list({ PartNumberMarker: '3' })
  expect(rest.Parts?.map(({ PartNumber }) => PartNumber)).toEqual([5])
  expect(rest.IsTruncated).toBe(false)
  expect(await failure(list({ PartNumberMarker: 'x' }))).toEqual({ status: 400, code: 'InvalidArgument' })
})

it('lists the uploads in progress by key, in pages and by prefix', async () => {
  local.s3.createBucket('uploads')
  for (const Key of ['b', 'a/2', 'a/1', 'b']) await create({ Bucket: 'uploads', Key })
  const list = (more = {}) =>
    local.client.send(new ListMultipartUploadsCommand({ Bucket: 'uploads', ...more }))
  const keys: (string | undefined)[] = []
  let page = await list({ MaxUploads: 1 })
  for (;;) {
    keys.push(...(page.Uploads ?? []).map(({ Key }) => Key))
    if (page.IsTruncated !== true) break
    page = await list({
      MaxUploads: 1,
      KeyMarker: page.NextKeyMarker,
      UploadIdMarker: page.NextUploadIdMarker,
    })
  }
  expect(keys).toEqual(['a/1', 'a/2', 'b', 'b'])
  const grouped = await list({ Delimiter: '/' })
  expect(grouped.CommonPrefixes).toEqual([{ Prefix: 'a/' }])
  expect((await list({ Prefix: 'a/' })).Uploads).toHaveLength(2)
})

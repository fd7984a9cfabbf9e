import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type ChecksumAlgorithm, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDigest } from '../../../../src/local/s3/checksum/checksums.ts'
import { failure, type LocalS3, sendBytes, startS3 } from '../local-s3.ts'

let local: LocalS3
beforeAll(async () => {
  local = await startS3()
  local.s3.createBucket('inbox')
})
afterAll(() => local.stop())

const read = async (Key: string) => {
  const { Body } = await local.client.send(new GetObjectCommand({ Bucket: 'inbox', Key }))
  return (await Body?.transformToString()) ?? ''
}
const put = (input: Partial<PutObjectCommand['input']>) =>
  local.client.send(new PutObjectCommand({ Bucket: 'inbox', Key: 'k', Body: 'hello', ...input }))
const base64 = (algorithm: Parameters<typeof createDigest>[0], content: string) => {
  const digest = createDigest(algorithm)
  digest.update(Buffer.from(content))
  return digest.digest().toString('base64')
}

describe('over the SDK', () => {
  it('stores a streamed body, whose checksum comes as a trailer', async () => {
    const chunks = [Buffer.alloc(70_000, 'a'), Buffer.from('b'), Buffer.alloc(30_000, 'c')]
    const whole = Buffer.concat(chunks)
    const answer = await put({ Key: 'streamed', Body: Readable.from(chunks), ContentLength: whole.length })
    expect(answer.ETag).toBe(`"${createHash('md5').update(whole).digest('hex')}"`)
    expect(answer.ChecksumCRC32).toBe(
      Buffer.from(crc32(whole).toString(16).padStart(8, '0'), 'hex').toString('base64'),
    )
    expect(await read('streamed')).toBe(whole.toString())
  })

  it.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)('verifies and gives back a %s', async algorithm => {
    const answer = await put({ Key: algorithm, ChecksumAlgorithm: algorithm as ChecksumAlgorithm })
    expect(answer).toMatchObject({
      [`Checksum${algorithm}`]: base64(algorithm, 'hello'),
      ChecksumType: 'FULL_OBJECT',
    })
    expect(await read(algorithm)).toBe('hello')
  })

  it.each([
    [{ ChecksumCRC64NVME: base64('CRC64NVME', 'other') }, 'BadDigest'],
    [{ ChecksumSHA256: base64('SHA256', 'other') }, 'BadDigest'],
    [{ ContentMD5: base64('MD5', 'other') }, 'BadDigest'],
    [{ ContentMD5: 'bm8gTUQ1' }, 'InvalidDigest'],
    [{ ChecksumCRC32: 'AA==' }, 'InvalidRequest'],
    [{ Tagging: 'a=b' }, 'NotImplemented'],
    [{ Metadata: { a: 'x'.repeat(2100) } }, 'MetadataTooLarge'],
    [{ Bucket: 'nowhere' }, 'NoSuchBucket'],
  ])('refuses %.60j with %s and stores nothing', async (input, code) => {
    expect(await failure(put({ Key: 'refused', ...input }))).toMatchObject({ code })
    expect(await failure(read('refused'))).toMatchObject({ code: 'NoSuchKey' })
  })

  it('takes a right Content-MD5 and CRC64NVME', async () => {
    expect(await failure(put({ ContentMD5: base64('MD5', 'hello') }))).toBeUndefined()
    const ChecksumCRC64NVME = base64('CRC64NVME', 'hello')
    expect(await put({ ChecksumCRC64NVME })).toMatchObject({ ChecksumCRC64NVME })
  })

  it('writes only on its condition', async () => {
    const first = await put({ Key: 'claim', IfNoneMatch: '*' })
    expect(await failure(put({ Key: 'claim', IfNoneMatch: '*' }))).toEqual({
      status: 412,
      code: 'PreconditionFailed',
    })
    const second = await put({ Key: 'claim', Body: 'next', IfMatch: first.ETag })
    expect(await failure(put({ Key: 'claim', IfMatch: first.ETag }))).toMatchObject({ status: 412 })
    expect(await failure(put({ Key: 'claim', IfMatch: second.ETag }))).toBeUndefined()
    expect(await failure(put({ Key: 'unclaimed', IfMatch: first.ETag }))).toEqual({
      status: 404,
      code: 'NoSuchKey',
    })
  })

  it('lets one of many claims at once through', async () => {
    const claims = Array.from({ length: 10 }, (_, i) => put({ Key: 'race', Body: `${i}`, IfNoneMatch: '*' }))
    const failures = (await Promise.all(claims.map(failure))).filter(result => result !== undefined)
    expect(failures).toHaveLength(9)
    expect(new Set(failures.map(({ status }) => status))).toEqual(new Set([412]))
  })

  it('stores an empty object', async () => {
    expect((await put({ Key: 'empty', Body: '', ContentLength: 0 })).ETag).toBe(
      '"d41d8cd98f00b204e9800998ecf8427e"',
    )
    expect(await read('empty')).toBe('')
  })
})

describe('raw', () => {
  const CHUNKED = { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '5' }
  const signed = '5;chunk-signature=aa\r\nhello\r\n0;chunk-signature=bb\r\n'

  it.each([
    ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', {}, `${signed}\r\n`, 200],
    ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', { 'x-amz-trailer': 'x-amz-checksum-crc64nvme' }, 'CRC64NVME', 200],
    [
      'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
      { 'x-amz-trailer': 'x-amz-checksum-crc32c' },
      'CRC32C',
      200,
    ],
    ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', { 'x-amz-trailer': 'x-amz-checksum-sha256' }, 'SHA256', 200],
    ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', { 'x-amz-trailer': 'x-amz-checksum-sha1' }, `${signed}\r\n`, 400],
  ] as const)('takes %s %j', async (mode, headers, frames, status) => {
    const trailer = frames.startsWith('5')
      ? ''
      : `x-amz-checksum-${frames}:${base64(frames as 'SHA256', 'hello')}\r\n`
    const body = trailer === '' ? frames : `${signed}${trailer}x-amz-trailer-signature:cc\r\n\r\n`
    const sent = { ...CHUNKED, 'x-amz-content-sha256': mode, 'content-type': 'text/plain', ...headers }
    const answer = await local.send('PUT', '/inbox/raw', { headers: sent, body })
    expect(answer.status).toBe(status)
    const { headers: stored, body: content } = await local.send('GET', '/inbox/raw')
    expect(stored['content-encoding']).toBeUndefined()
    expect(content.toString()).toBe('hello')
  })

  it.each([
    ['a trailer that does not fit', `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n`, 'BadDigest'],
    ['a body cut short', `5\r\nhel`, 'IncompleteBody'],
    [
      'another size than declared',
      `4\r\nhell\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n`,
      'IncompleteBody',
    ],
    ['a broken frame far from its end', `zz\r\n${'x'.repeat(200_000)}`, 'IncompleteBody'],
  ])('refuses %s', async (_title, body, code) => {
    const headers = {
      ...CHUNKED,
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    }
    const answer = await local.send('PUT', '/inbox/broken', { headers, body })
    expect(answer.status).toBe(400)
    expect(answer.body.toString()).toContain(`<Code>${code}</Code>`)
    expect((await local.send('HEAD', '/inbox/broken')).status).toBe(404)
  })

  it.each([
    [{ 'x-amz-content-sha256': '0'.repeat(64) }, 'XAmzContentSHA256Mismatch'],
    [{ 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 'InvalidRequest'],
    [{ 'x-amz-checksum-crc32': 'NhCmhg==', 'x-amz-checksum-sha1': 'x' }, 'InvalidRequest'],
    [{ 'x-amz-checksum-xxhash64': 'x' }, 'NotImplemented'],
    [{ 'content-length': '5368709121' }, 'EntityTooLarge'],
  ])('refuses %.60j with %s', async (headers, code) => {
    const answer = await local.send('PUT', '/inbox/raw', {
      headers: headers as Record<string, string>,
      body: 'hello',
    })
    expect(answer.body.toString()).toContain(`<Code>${code}</Code>`)
  })

  it('wants to know the size beforehand', async () => {
    const answer = await local.send('PUT', '/inbox/raw', {
      headers: { 'transfer-encoding': 'chunked' },
      body: 'hello',
    })
    expect(answer.status).toBe(411)
  })

  it('stores nothing of an upload whose connection breaks', async () => {
    await sendBytes(
      local.port,
      'PUT /inbox/half HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf',
      'hang up',
    )
    expect((await local.send('HEAD', '/inbox/half')).status).toBe(404)
  })

  it('can go on over the same connection after an error in the midst of a body', async () => {
    const large = 'x'.repeat(300_000)
    const bad = `PUT /inbox/bad HTTP/1.1\r\nHost: x\r\nContent-Length: ${large.length}\r\nContent-Encoding: aws-chunked\r\nx-amz-decoded-content-length: 9\r\n\r\n${large}`
    const good = 'PUT /inbox/good HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'
    const answers = await sendBytes(local.port, bad + good)
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200'])
  })
})

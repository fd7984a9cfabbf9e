import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createObjects } from '../../src/aws/object-adapter.ts'
import { createObjectLister } from '../../src/aws/object-lister.ts'
import { unreadable } from '../../src/aws/unreadable-object.ts'
import type { ObjectPort } from '../../src/ports.ts'
import { hostileKeys } from '../core/hostile-keys.ts'
import { type LocalS3, startS3 } from '../local/s3/local-s3.ts'

let s3: LocalS3
let objects: ObjectPort
beforeAll(async () => {
  s3 = await startS3()
  objects = createObjects(target())
  for (const Bucket of ['bucket', 'keys']) await s3.client.send(new CreateBucketCommand({ Bucket }))
})
afterAll(() => s3.stop())

function target() {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  return { endpoint: `http://127.0.0.1:${s3.port}`, region: 'us-east-1', credentials }
}

const put = (Key: string, Body: string | Buffer, Bucket = 'bucket') =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body }))

describe('objects by S3', () => {
  it('are created once: who comes later leaves them as they are', async () => {
    expect(await objects.create('s3://bucket/once', 'first')).toBe(true)
    expect(await objects.create('s3://bucket/once', 'second')).toBe(false)
    expect(await objects.read('s3://bucket/once', 100)).toEqual({ type: 'text', text: 'first' })
  })

  it('are read up to a limit, a character that two chunks share in one piece', async () => {
    const text = 'ä'.repeat(200_000)
    await put('long', text)
    expect(await objects.read('s3://bucket/long', 400_000)).toEqual({ type: 'text', text })
    expect(await objects.read('s3://bucket/long', 399_999)).toEqual({
      type: 'unreadable',
      reason: 'it is larger than 399999 bytes',
    })
  })

  it.each([
    ['s3://bucket/none', 'there is no such object'],
    ['s3://nobody/x', 'there is no such bucket'],
    ['s3://bucket/binary', 'it is no text in UTF-8'],
  ])('say why they cannot be read: %s', async (uri, reason) => {
    await put('binary', Buffer.from([0x61, 0xff, 0x62]))
    expect(await objects.read(uri, 1000)).toEqual({ type: 'unreadable', reason })
  })

  it('are listed by their prefix, over pages, whatever their keys are', async () => {
    const keys = [
      ...hostileKeys,
      'a\rb',
      'a\u0001',
      'a+b%2F',
      ...Array.from({ length: 1_100 }, (_, index) => `n${index}`),
    ]
    await Promise.all(keys.map(key => put(key, 'x', 'keys')))
    const listed = await objects.list('s3://keys/', 10_000)
    if (listed.type !== 'objects') throw new Error(listed.reason)
    const inOrder = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(listed.objects.map(({ key }) => key)).toEqual(inOrder)
    expect(listed.objects[0]).toMatchObject({
      bucket: 'keys',
      size: 1,
      etag: expect.stringMatching(/^\w{32}$/),
    })
    const lister = createObjectLister(target())
    const keysBackfilled: string[] = []
    for await (const { key } of lister.list('keys', '')) keysBackfilled.push(key)
    expect(keysBackfilled).toEqual(inOrder)
    expect(await objects.list('s3://keys/', 5)).toMatchObject({ objects: { length: 5 } })
    expect(await objects.list('s3://nobody/', 5)).toMatchObject({ reason: 'there is no such bucket' })
  })

  it.each([
    [503, 'SlowDown'],
    [409, 'ConditionalRequestConflict'],
    [429, 'TooManyRequests'],
    [undefined, 'TimeoutError'],
  ])('throw what may pass: %s %s', (httpStatusCode, name) => {
    const error = Object.assign(new Error('x'), { name, $metadata: { httpStatusCode } })
    expect(() => unreadable(error)).toThrow(error)
  })
})

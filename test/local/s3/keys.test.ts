import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HOSTILE_KEYS } from './hostile-keys.ts'
import { type LocalS3, startS3, temporaryFolder } from './local-s3.ts'

let folder: string
let local: LocalS3
beforeAll(async () => {
  folder = temporaryFolder()
  local = await startS3({ folder })
  local.s3.createBucket('inbox')
})
afterAll(async () => {
  await local.stop()
  rmSync(folder, { recursive: true })
})

async function listed(): Promise<readonly string[]> {
  const page = await local.client.send(new ListObjectsV2Command({ Bucket: 'inbox', EncodingType: 'url' }))
  return (page.Contents ?? []).map(({ Key = '' }) => decodeURIComponent(Key))
}

async function roundTrip(Key: string): Promise<void> {
  const object = { Bucket: 'inbox', Key }
  await local.client.send(new PutObjectCommand({ ...object, Body: `of ${Key}` }))
  expect(await listed()).toEqual([Key])
  expect(local.events.at(-1)?.detail).toMatchObject({ object: { key: Key } })
  const { Body } = await local.client.send(new GetObjectCommand(object))
  expect(await Body?.transformToString()).toBe(`of ${Key}`)
  await local.client.send(new DeleteObjectCommand(object))
  expect(await listed()).toEqual([])
}

it.each(HOSTILE_KEYS.map(key => [key]))('puts, lists, gives back and deletes %j', async key => {
  await roundTrip(key)
})

it('does so with any key of 1 to 1,024 bytes', async () => {
  const short = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 })
  const long = fc.string({ unit: 'binary', minLength: 200, maxLength: 600 })
  const key = fc.oneof(short, long).filter(text => Buffer.byteLength(text) <= 1024)
  await fc.assert(fc.asyncProperty(key, roundTrip), { numRuns: 60 })
})

it('copies to and deletes many keys at once, whatever they are', async () => {
  // NUL cannot be written in XML at all; SDKs leave it out of DeleteObjects.
  const keys = HOSTILE_KEYS.filter(key => !key.includes('\0'))
  await local.client.send(new PutObjectCommand({ Bucket: 'inbox', Key: 'source', Body: 'x' }))
  for (const Key of keys) {
    await local.client.send(new CopyObjectCommand({ Bucket: 'inbox', Key, CopySource: 'inbox/source' }))
  }
  expect(new Set(await listed())).toEqual(new Set([...keys, 'source']))
  const { Contents } = await local.client.send(new ListObjectsV2Command({ Bucket: 'inbox' }))
  expect(Contents?.map(({ Key }) => Key)).toEqual(await listed())
  const Objects = [...keys, 'source'].map(Key => ({ Key }))
  await local.client.send(new DeleteObjectsCommand({ Bucket: 'inbox', Delete: { Objects } }))
  expect(await listed()).toEqual([])
})

it.each([
  ['/inbox/../../../../../../tmp/escaped', '../../../../../../tmp/escaped'],
  ['/inbox/..%2F..%2F..%2Ftmp%2Fescaped', '../../../tmp/escaped'],
  ['/inbox//etc/passwd', '/etc/passwd'],
  ['/inbox/./.', './.'],
])('takes the raw target %s for the key %s and for no path', async (target, key) => {
  expect((await local.send('PUT', target, { body: 'x' })).status).toBe(200)
  expect(await listed()).toEqual([key])
  expect((await local.send('GET', target)).body.toString()).toBe('x')
  expect((await local.send('DELETE', target)).status).toBe(204)
})

it.each(['/../etc/passwd', '/%2e%2e/x', '/./x', '//x', '/%00/x'])('finds no bucket in %s', async target => {
  const answer = await local.send('PUT', target, { body: 'x' })
  expect(answer.status).toBe(400)
  expect(answer.body.toString()).toContain('<Code>InvalidBucketName</Code>')
})

it('never wrote a file by the name of a key', () => {
  const files = readdirSync(folder, { recursive: true }).map(String)
  expect(files.filter(file => /passwd|escaped|csv|pwned/.test(file))).toEqual([])
  expect(existsSync(join('/tmp', 'escaped'))).toBe(false)
})

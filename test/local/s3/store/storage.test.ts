import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AwsEvent } from '../../../../src/local/aws-event.ts'
import { openStorage, type Storage } from '../../../../src/local/s3/store/storage.ts'
import { temporaryFolder } from '../local-s3.ts'

const origin = { requestId: 'r-1', sourceIpAddress: '127.0.0.1' }
const always = () => {}
let folder: string
let events: AwsEvent[]

beforeEach(() => {
  folder = temporaryFolder()
  events = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = () => {
  const identity = { account: '123456789012', region: 'eu-central-1' }
  return openStorage({ folder, identity, now: () => 1_795_222_923_456, emit: event => events.push(event) })
}

async function segmentOf(storage: Storage, content: string) {
  async function* source() {
    yield Buffer.from(content)
  }
  return await storage.data.write(source())
}

async function put(storage: Storage, key: string, content: string) {
  const segment = await segmentOf(storage, content)
  const version = {
    bucket: 'inbox',
    key,
    size: segment.size,
    etag: content,
    headers: {},
    storageClass: 'STANDARD',
  }
  return storage.objects.publishOwn({ ...version, segments: [segment] }, always, 'PutObject', origin)
}

const read = (storage: Storage, key: string) => {
  const { segments, size } = storage.objects.require('inbox', key)
  return text(storage.data.read(segments, 0, size - 1))
}

const upload = { bucket: 'inbox', key: 'k', initiatedAt: 0, headers: {}, storageClass: 'STANDARD' }
const part = async (storage: Storage, number: number) => ({
  number,
  segment: await segmentOf(storage, `part ${number}`),
  etag: 'e',
  lastModified: 0,
})

it('finds buckets, objects and uploads again after a restart', async () => {
  const before = open()
  before.buckets.create('inbox')
  await put(before, '../../etc/passwd', 'old')
  await put(before, '../../etc/passwd', 'new')
  const { uploadId } = before.uploads.create(upload)
  before.uploads.addPart(before.uploads.require(uploadId, 'inbox', 'k'), await part(before, 1))

  const after = open()
  expect(after.buckets.all().map(({ name }) => name)).toEqual(['inbox'])
  expect(await read(after, '../../etc/passwd')).toBe('new')
  expect(after.uploads.parts(uploadId).map(({ number }) => number)).toEqual([1])
  expect(readdirSync(join(folder, 'data'))).toHaveLength(2)
})

it('emits the event in the turn of the change, when the object can already be read', async () => {
  const storage = open()
  storage.buckets.create('inbox')
  const segment = await segmentOf(storage, 'x')
  const version = { ...upload, size: 1, etag: 'e', segments: [segment] }
  storage.objects.publish(version, always, 'PutObject', origin)
  expect(events.map(event => event['detail-type'])).toEqual(['Object Created'])
  storage.objects.delete('inbox', 'k', always, origin)
  expect(events.map(event => event['detail-type'])).toEqual(['Object Created', 'Object Deleted'])
})

it('gives the new bytes up and keeps the old ones if the condition fails', async () => {
  const storage = open()
  storage.buckets.create('inbox')
  await put(storage, 'k', 'old')
  const segment = await segmentOf(storage, 'new')
  const version = { ...upload, size: 3, etag: 'new', segments: [segment] }
  const refuse = () => {
    throw new Error('refused')
  }
  expect(() => storage.objects.publishOwn(version, refuse, 'PutObject', origin)).toThrow('refused')
  expect(await read(storage, 'k')).toBe('old')
  expect(await read(open(), 'k')).toBe('old')
  expect(readdirSync(join(folder, 'data'))).toHaveLength(1)
  expect(events).toHaveLength(1)
})

it('removes at start what a kill left between bytes and metadata', async () => {
  const storage = open()
  storage.buckets.create('inbox')
  await put(storage, 'k', 'whole')
  await segmentOf(storage, 'never published')
  writeFileSync(join(folder, 'objects', 'torn.json.next'), '{"bucket":')
  expect(await read(open(), 'k')).toBe('whole')
  expect(readdirSync(join(folder, 'data'))).toHaveLength(1)
  expect(readdirSync(join(folder, 'objects'))).toHaveLength(1)
})

it('ends at start an upload that a kill left open behind its object, and keeps the object', async () => {
  const storage = open()
  storage.buckets.create('inbox')
  const created = storage.uploads.create(upload)
  const [first, unused] = [await part(storage, 1), await part(storage, 2)]
  storage.uploads.addPart(created, first)
  storage.uploads.addPart(created, unused)
  const { segment } = first
  const version = {
    ...upload,
    size: segment.size,
    etag: 'e-1',
    segments: [segment],
    uploadId: created.uploadId,
  }
  storage.objects.publish(version, always, 'CompleteMultipartUpload', origin) // and here it is killed

  const after = open()
  expect(() => after.uploads.require(created.uploadId, 'inbox', 'k')).toThrow(
    expect.objectContaining({ code: 'NoSuchUpload' }),
  )
  expect(await read(after, 'k')).toBe('part 1')
  expect(readdirSync(join(folder, 'data'))).toEqual([segment.file])
  expect(readdirSync(join(folder, 'uploads'))).toEqual([])
})

it('refuses a part of an upload that has ended meanwhile', async () => {
  const storage = open()
  storage.buckets.create('inbox')
  const created = storage.uploads.create(upload)
  const late = await part(storage, 1)
  storage.uploads.end(created)
  expect(() => storage.uploads.addPart(created, late)).toThrow(
    expect.objectContaining({ code: 'NoSuchUpload' }),
  )
})

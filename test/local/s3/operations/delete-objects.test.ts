import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { failure, type LocalS3, startS3 } from '../local-s3.ts'

let local: LocalS3
beforeAll(async () => {
  local = await startS3()
  local.s3.createBucket('inbox')
})
beforeEach(async () => {
  for (const Key of ['a&<b>', 'c\nd', 'e']) {
    await local.client.send(new PutObjectCommand({ Bucket: 'inbox', Key, Body: Key }))
  }
  local.events.length = 0
})
afterAll(() => local.stop())

const keys = async () =>
  (await local.client.send(new ListObjectsV2Command({ Bucket: 'inbox' }))).Contents?.map(({ Key }) => Key)
const deleteAll = (Objects: { Key: string; ETag?: string; VersionId?: string }[], Quiet = false) =>
  local.client.send(new DeleteObjectsCommand({ Bucket: 'inbox', Delete: { Objects, Quiet } }))

it('deletes one object, and one that is not there without complaint or event', async () => {
  await local.client.send(new DeleteObjectCommand({ Bucket: 'inbox', Key: 'e' }))
  await local.client.send(new DeleteObjectCommand({ Bucket: 'inbox', Key: 'e' }))
  expect(await keys()).toEqual(['a&<b>', 'c\nd'])
  expect(local.events.map(({ detail }) => detail['object'])).toEqual([
    { key: 'e', sequencer: expect.any(String) },
  ])
})

it('deletes on a condition only', async () => {
  const remove = (IfMatch: string) =>
    local.client.send(new DeleteObjectCommand({ Bucket: 'inbox', Key: 'e', IfMatch }))
  expect(await failure(remove('"other"'))).toEqual({ status: 412, code: 'PreconditionFailed' })
  expect(await failure(remove('*'))).toBeUndefined()
})

it('deletes many at once and says which', async () => {
  const { Deleted, Errors } = await deleteAll([{ Key: 'a&<b>' }, { Key: 'c\nd' }, { Key: 'none' }])
  expect(Deleted?.map(({ Key }) => Key)).toEqual(['a&<b>', 'c\nd', 'none'])
  expect(Errors).toBeUndefined()
  expect(await keys()).toEqual(['e'])
  expect(local.events.map(event => event['detail-type'])).toEqual(['Object Deleted', 'Object Deleted'])
})

it('fails for each object alone, and says only that if it is to be quiet', async () => {
  const { Deleted, Errors } = await deleteAll(
    [{ Key: 'e' }, { Key: 'c\nd', ETag: 'x' }, { Key: 'a&<b>', VersionId: 'v' }, { Key: 'k'.repeat(1025) }],
    true,
  )
  expect(Deleted).toBeUndefined()
  expect(Errors?.map(({ Code }) => Code)).toEqual(['PreconditionFailed', 'NoSuchVersion', 'KeyTooLongError'])
  expect(await keys()).toEqual(['a&<b>', 'c\nd'])
})

it.each([
  ['<Delete></Delete>', 'MalformedXML'],
  ['<Delete><Object/></Delete>', 'MalformedXML'],
  ['<Other><Object><Key>e</Key></Object></Other>', 'MalformedXML'],
  ['not xml', 'MalformedXML'],
  [`<Delete>${'<Object><Key>e</Key></Object>'.repeat(1001)}</Delete>`, 'MalformedXML'],
])('refuses %.50s and deletes nothing', async (body, code) => {
  const answer = await local.send('POST', '/inbox?delete', { body })
  expect(answer.body.toString()).toContain(`<Code>${code}</Code>`)
  expect(await keys()).toHaveLength(3)
})

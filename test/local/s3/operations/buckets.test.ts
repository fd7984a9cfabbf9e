import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { failure, type LocalS3, startS3 } from '../local-s3.ts'

let local: LocalS3
beforeAll(async () => {
  local = await startS3({ now: () => Date.parse('2026-11-21T01:02:03.456Z') })
})
afterAll(() => local.stop())

const create = (Bucket: string, location: string) =>
  local.client.send(
    new CreateBucketCommand({
      Bucket,
      CreateBucketConfiguration: { LocationConstraint: location as 'eu-west-1' },
    }),
  )

it('creates, finds, lists and deletes a bucket', async () => {
  expect((await create('first', 'eu-central-1')).Location).toBe('/first')
  expect((await local.client.send(new HeadBucketCommand({ Bucket: 'first' }))).BucketRegion).toBe(
    'eu-central-1',
  )
  const location = await local.client.send(new GetBucketLocationCommand({ Bucket: 'first' }))
  expect(location.LocationConstraint).toBe('eu-central-1')
  const { Buckets } = await local.client.send(new ListBucketsCommand({}))
  expect(Buckets).toEqual([
    { Name: 'first', CreationDate: new Date('2026-11-21T01:02:03Z'), BucketRegion: 'eu-central-1' },
  ])
  await local.client.send(new DeleteBucketCommand({ Bucket: 'first' }))
  expect(await failure(local.client.send(new HeadBucketCommand({ Bucket: 'first' })))).toEqual({
    status: 404,
    code: 'NotFound',
  })
})

it.each([
  ['Not_a_bucket', 'eu-central-1', { status: 400, code: 'InvalidBucketName' }],
  ['elsewhere', 'us-west-2', { status: 400, code: 'IllegalLocationConstraintException' }],
])('refuses to create %s in %s', async (name, location, expected) => {
  expect(await failure(create(name, location))).toEqual(expected)
})

it('refuses a bucket that is there, but not in us-east-1, as S3 has it', async () => {
  local.s3.createBucket('twice')
  expect(await failure(create('twice', 'eu-central-1'))).toEqual({
    status: 409,
    code: 'BucketAlreadyOwnedByYou',
  })
  const east = await startS3({ identity: { account: '123456789012', region: 'us-east-1' } })
  east.s3.createBucket('twice')
  east.s3.createBucket('twice')
  const client = east.clientWith({ region: 'us-east-1' })
  expect(await failure(client.send(new CreateBucketCommand({ Bucket: 'twice' })))).toBeUndefined()
  const location = await client.send(new GetBucketLocationCommand({ Bucket: 'twice' }))
  expect(location.LocationConstraint).toBeFalsy()
  await east.stop()
})

it('deletes a bucket only when it is empty, and its uploads with it', async () => {
  local.s3.createBucket('full')
  const object = { Bucket: 'full', Key: 'k' }
  await local.client.send(new PutObjectCommand({ ...object, Body: 'x' }))
  await local.client.send(new CreateMultipartUploadCommand(object))
  const remove = () => local.client.send(new DeleteBucketCommand({ Bucket: 'full' }))
  expect(await failure(remove())).toEqual({ status: 409, code: 'BucketNotEmpty' })
  await local.client.send(new DeleteObjectCommand(object))
  expect(await failure(remove())).toBeUndefined()
  expect(await failure(remove())).toEqual({ status: 404, code: 'NoSuchBucket' })
})

it('lists buckets by prefix and in pages', async () => {
  for (const name of ['page-a', 'page-b', 'page-c']) local.s3.createBucket(name)
  const first = await local.client.send(new ListBucketsCommand({ Prefix: 'page-', MaxBuckets: 2 }))
  expect(first.Buckets?.map(({ Name }) => Name)).toEqual(['page-a', 'page-b'])
  const { ContinuationToken } = first
  const rest = await local.client.send(
    new ListBucketsCommand({ Prefix: 'page-', MaxBuckets: 2, ContinuationToken }),
  )
  expect(rest.Buckets?.map(({ Name }) => Name)).toEqual(['page-c'])
  expect(rest.ContinuationToken).toBeUndefined()
  expect((await local.send('GET', '/?max-buckets=many')).status).toBe(400)
})

it('wants a location constraint anywhere but in us-east-1', async () => {
  expect((await local.send('PUT', '/elsewhere')).body.toString()).toContain(
    'IllegalLocationConstraintException',
  )
})

it('refuses what else a bucket could be configured with', async () => {
  const body = '<CreateBucketConfiguration><Location><Name>x</Name></Location></CreateBucketConfiguration>'
  const answer = await local.send('PUT', '/directory', { body })
  expect(answer.status).toBe(501)
})

import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, type LocalS3, sequencerOf, startS3 } from './local-s3.ts'

const NOW = Date.parse('2026-11-21T01:02:03.456Z')
let local: LocalS3
beforeAll(async () => {
  local = await startS3({ now: () => NOW })
  local.s3.createBucket('inbox')
})
afterAll(() => local.stop())

describe('events', () => {
  it('tell of a created object exactly as EventBridge does', async () => {
    local.events.length = 0
    const put = new PutObjectCommand({ Bucket: 'inbox', Key: 'a+b %41:1.csv', Body: 'hello' })
    const { $metadata, ETag } = await local.client.send(put)
    expect(local.events).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Object Created',
        source: 'aws.s3',
        account: '123456789012',
        time: '2026-11-21T01:02:03Z',
        region: 'eu-central-1',
        resources: ['arn:aws:s3:::inbox'],
        detail: {
          version: '0',
          'event-version': '1.0',
          bucket: { name: 'inbox' },
          object: {
            key: 'a+b %41:1.csv',
            size: 5,
            etag: ETag?.replaceAll('"', ''),
            sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
          },
          'request-id': $metadata.requestId,
          requester: '123456789012',
          'source-ip-address': '127.0.0.1',
          reason: 'PutObject',
        },
      },
    ])
  })

  it('tell of a deleted object, and are in order by their sequencers', async () => {
    local.events.length = 0
    await local.send('PUT', '/inbox/gone', { body: 'x' })
    await local.send('PUT', '/inbox/gone', { body: 'y' })
    await local.send('DELETE', '/inbox/gone')
    expect(local.events.at(-1)).toMatchObject({
      'detail-type': 'Object Deleted',
      detail: { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' },
    })
    const sequencers = local.events.map(sequencerOf)
    expect(sequencers).toEqual([...new Set(sequencers)].sort())
  })

  it('are not emitted for what was refused', async () => {
    local.events.length = 0
    await local.send('PUT', '/inbox/x', { headers: { 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==' }, body: 'x' })
    await local.send('PUT', '/nowhere/x', { body: 'x' })
    await local.send('GET', '/inbox/none')
    expect(local.events).toEqual([])
  })
})

describe('what is not built', () => {
  it.each([
    ['GET', '/inbox?notification'],
    ['PUT', '/inbox?versioning'],
    ['GET', '/inbox?versions'],
    ['PUT', '/inbox/x?tagging'],
    ['GET', '/inbox/x?acl'],
    ['DELETE', '/inbox?policy'],
    ['POST', '/inbox'],
  ])('answers %s %s with 501 and leaves everything as it is', async (method, target) => {
    const answer = await local.send(method, target, { body: method.startsWith('P') ? '<X/>' : '' })
    expect(answer.status).toBe(501)
    expect(answer.headers['content-type']).toBe('application/xml')
    expect(answer.body.toString()).toContain('<Code>NotImplemented</Code>')
    expect((await local.send('HEAD', '/inbox')).status).toBe(200)
  })

  it('answers an unknown method with 405', async () => {
    expect((await local.send('PATCH', '/inbox/x')).status).toBe(405)
  })
})

describe('presigned addresses', () => {
  const signed = (expires: number) =>
    `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=t%2F20261121&X-Amz-Date=20261121T010203Z&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=aa`

  it('put and get an object, with headers taken from the query', async () => {
    const put = await local.send('PUT', `/inbox/pre?${signed(60)}&x-amz-meta-from=query`, { body: 'signed' })
    expect(put.status).toBe(200)
    const got = await local.send('GET', `/inbox/pre?${signed(60)}&response-content-type=text%2Fcsv`)
    expect(got).toMatchObject({
      status: 200,
      headers: { 'x-amz-meta-from': 'query', 'content-type': 'text/csv' },
    })
  })

  it('expire', async () => {
    const earlier = signed(60).replace('T010203Z', 'T010102Z')
    const answer = await local.send('GET', `/inbox/pre?${earlier}`)
    expect(answer.status).toBe(403)
    expect(answer.body.toString()).toContain('<Code>AccessDenied</Code>')
  })
})

it('answers an address that is no UTF-8 with InvalidURI', async () => {
  expect((await local.send('GET', '/inbox/%FF')).body.toString()).toContain('<Code>InvalidURI</Code>')
  expect((await local.send('GET', '/inbox/x?prefix=%zz')).body.toString()).toContain(
    '<Code>InvalidURI</Code>',
  )
})

it('creates a bucket for its own program, as often as it likes, but by the rules', async () => {
  local.s3.createBucket('own')
  local.s3.createBucket('own')
  expect(await failure(local.client.send(new ListObjectsV2Command({ Bucket: 'own' })))).toBeUndefined()
  expect(() => local.s3.createBucket('No')).toThrow(expect.objectContaining({ code: 'InvalidBucketName' }))
})

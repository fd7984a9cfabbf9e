import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bucketAddress } from '../../../examples/access-points/jobs/s3/address.mjs'
import { credentialsOf } from '../../../examples/access-points/jobs/s3/credentials.mjs'
import { createS3 } from '../../../examples/access-points/jobs/s3.mjs'
import { HOSTILE_KEYS } from './hostile-keys.ts'
import { type ObjectServer, startObjectServer } from './object-server.ts'

let server: ObjectServer
beforeAll(async () => {
  server = await startObjectServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.objects.clear()
  server.requests.length = 0
  server.faults.length = 0
})

const client = () => createS3(server.env, { firstPause: 0 })
const read = async (uri: string) => Buffer.concat(await gather(client().get(uri))).toString()

async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = []
  for await (const item of items) gathered.push(item)
  return gathered
}

describe('createS3', () => {
  it.each(HOSTILE_KEYS)('puts, lists and gets a key with %s', async (_title, key) => {
    const uri = `s3://input/${key}`
    await client().put(uri, ['hello'], 'text/plain')
    expect([...server.objects.keys()]).toEqual([`input/${key}`])
    expect(await gather(client().list('s3://input/'))).toEqual([uri])
    expect(await read(uri)).toBe('hello')
  })

  it('streams a large text out and in', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index} ü\n`)
    await client().put('s3://b/large', lines, 'text/plain')
    expect(await read('s3://b/large')).toBe(lines.join(''))
  })

  it('lists more keys than fit on a page, only those with the prefix', async () => {
    const keys = ['a/1 1', 'a/2&2', 'a/3', 'a/4', 'a/5', 'a/6', 'a/7', 'b/1']
    for (const key of keys) server.objects.set(`b/${key}`, Buffer.from(''))
    const listed = await gather(client().list('s3://b/a/'))
    expect(listed).toEqual(keys.slice(0, 7).map(key => `s3://b/${key}`))
  })

  it.each([500, 503, 429])('tries again after status %d', async status => {
    server.faults.push({ status }, { status })
    await client().put('s3://b/k', ['x'], 'text/plain')
    expect(server.requests).toEqual(['PUT /b/k', 'PUT /b/k', 'PUT /b/k'])
    expect(server.objects.get('b/k')?.toString()).toBe('x')
  })

  it('gives up after five attempts', async () => {
    server.faults.push(...Array.from({ length: 9 }, () => ({ status: 503 })))
    await expect(read('s3://b/k')).rejects.toThrow('s3://b/k: 503 SlowDown (Slow down). Try again later.')
    expect(server.requests).toHaveLength(5)
  })

  it('takes a broken download up where it broke off', async () => {
    server.objects.set('b/k', Buffer.from('0123456789'))
    server.faults.push({ cutAfter: 4 }, { cutAfter: 3 })
    expect(await read('s3://b/k')).toBe('0123456789')
    expect(server.requests).toHaveLength(3)
  })

  it('does not mix two versions of an object', async () => {
    server.objects.set('b/k', Buffer.from('old old old'))
    server.faults.push({ cutAfter: 4 })
    const parts = client().get('s3://b/k')
    await parts.next()
    server.objects.set('b/k', Buffer.from('new new new'))
    await expect(gather(parts)).rejects.toThrow('It was overwritten while it was read')
  })

  it.each([
    ['s3://b/none', 's3://b/none: 404 NoSuchKey (The specified key does not exist.). Is the key right'],
    ['s3://b/a\nb', 's3://b/a\\u{a}b: 404 NoSuchKey'],
    ['s3://b/', '"s3://b/" names a bucket. Name an object: s3://bucket/key.'],
    ['s3:///k', '"s3:///k" is not in S3.'],
    ['https://b/k', '"https://b/k" is not in S3.'],
  ])('says what is wrong with %j', async (uri, message) => {
    await expect(read(uri)).rejects.toThrow(message)
  })

  it('says that the signature was refused', async () => {
    const s3 = createS3({ ...server.env, AWS_SECRET_ACCESS_KEY: 'other' })
    const reading = gather(s3.get('s3://b/k'))
    await expect(reading).rejects.toThrow("May the job's role do s3:GetObject and s3:ListBucket here?")
  })

  it('says that the endpoint cannot be reached', async () => {
    const s3 = createS3({ ...server.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, { firstPause: 0 })
    await expect(gather(s3.get('s3://b/k'))).rejects.toThrow('127.0.0.1:1 cannot be reached (')
  })

  it.each([
    ['AWS_REGION', 'AWS_REGION is not set. Set it to the region of the bucket'],
    ['AWS_ACCESS_KEY_ID', 'There are no AWS credentials.'],
  ])('says that %s is missing', async (name, message) => {
    const reading = async () => gather(createS3({ ...server.env, [name]: '' }).get('s3://b/k'))
    await expect(reading()).rejects.toThrow(message)
  })
})

describe('bucketAddress', () => {
  it.each([
    ['the endpoint', { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'b', 'http://127.0.0.1:4566/b'],
    ['a path of the endpoint', { AWS_ENDPOINT_URL: 'https://gate/s3/' }, 'b', 'https://gate/s3/b'],
    [
      'the endpoint of S3 first',
      { AWS_ENDPOINT_URL_S3: 'http://a', AWS_ENDPOINT_URL: 'http://b' },
      'b',
      'http://a/b',
    ],
    ['the host name of the bucket on AWS', {}, 'b', 'https://b.s3.eu-west-1.amazonaws.com'],
    ['the path for a bucket with dots', {}, 'b.c', 'https://s3.eu-west-1.amazonaws.com/b.c'],
  ])('leads to %s', (_title, env, bucket, expected) => {
    const { protocol, host, path } = bucketAddress(env, 'eu-west-1', bucket)
    expect(`${protocol}//${host}${path}`).toBe(expected)
  })

  it('refuses an endpoint that is no URL', () => {
    expect(() => bucketAddress({ AWS_ENDPOINT_URL: '127.0.0.1:4566' }, 'eu-west-1', 'b')).toThrow(
      'AWS_ENDPOINT_URL is "127.0.0.1:4566". Set it to a URL such as http://127.0.0.1:4566.',
    )
  })
})

describe('credentialsOf', () => {
  const answers = (expiration: string) => ({
    AccessKeyId: 'role',
    SecretAccessKey: 'secret',
    Token: 'token',
    Expiration: expiration,
  })

  it.each([
    ['asks once for credentials that last', '2099-01-01T00:00:00Z', 1],
    ['asks again for credentials about to expire', new Date().toISOString(), 2],
  ])('%s', async (_title, expiration, expected) => {
    const asked: (string | undefined)[] = []
    const task = createServer((request, response) => {
      asked.push(request.url)
      response.end(JSON.stringify(answers(expiration)))
    })
    await new Promise<void>(resolve => task.listen(0, '127.0.0.1', resolve))
    const host = `http://127.0.0.1:${(task.address() as AddressInfo).port}`
    const credentials = credentialsOf({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/x' }, host)
    await credentials()
    expect(await credentials()).toEqual({
      accessKeyId: 'role',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    })
    expect(asked).toEqual(Array(expected).fill('/v2/credentials/x'))
    await new Promise(resolve => task.close(resolve).closeAllConnections())
  })
})

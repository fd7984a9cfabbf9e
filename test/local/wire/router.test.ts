import { connect } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { readBody } from '../../../src/local/wire/face.ts'
import { SERVICES } from '../../../src/local/wire/service.ts'
import { authorization, presigned, request, SIGNATURE, sendRaw, statusOf } from './raw.ts'
import { serveRouter } from './serve-router.ts'

const DATE = 'x-amz-date: 20261121T010203Z'

function signed(line: string, port: number, service: string, ...headers: readonly string[]): string {
  return request(
    line,
    `host: 127.0.0.1:${port}`,
    DATE,
    `authorization: ${authorization(service)}`,
    ...headers,
  )
}

describe('the router', () => {
  it.each([...SERVICES, 'dynamodb'])('finds %s by the scope of a signed header', async service => {
    const { url, port } = await serveRouter()
    const answer = await sendRaw(url, signed('POST /', port, service))
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 200 .*${service}`, 's'))
  })

  it('finds a service by the scope of a presigned URL', async () => {
    const { url } = await serveRouter()
    expect(await (await fetch(`${url}/bucket/key?${presigned('s3')}`)).text()).toBe('s3')
  })

  it.each(['localhost', '[::1]', 'LOCALHOST'])('answers under the name %s', async name => {
    const { url, port } = await serveRouter()
    const headers = [`host: ${name}:${port}`, DATE, `authorization: ${authorization('sqs')}`]
    expect(statusOf(await sendRaw(url, request('POST /', ...headers)))).toBe(200)
  })

  it('passes path and query on as they were sent', async () => {
    const seen: string[] = []
    const { url, port } = await serveRouter({
      s3: async ({ path, query }, response) => {
        seen.push(path, query)
        response.end()
      },
    })
    await sendRaw(url, signed('GET /b/../../etc//%2e%2E/pass%20wd?a=%2F&b?c', port, 's3'))
    expect(seen).toEqual(['/b/../../etc//%2e%2E/pass%20wd', 'a=%2F&b?c'])
  })

  it('names the services it has for one it has not', async () => {
    const { url, port } = await serveRouter()
    const answer = await sendRaw(url, signed('POST /', port, 'lambda', 'content-type: application/json'))
    expect(statusOf(answer)).toBe(400)
    expect(answer).toContain('no service \\"lambda\\". It has batch, s3, sqs')
  })

  it('gives dynamodb the request before its body is read', async () => {
    const { url } = await serveRouter({}, async (message, response) => {
      response.end(await readBody(message, 100))
    })
    const headers = { authorization: authorization('dynamodb'), 'x-amz-date': '20261121T010203Z' }
    expect(await (await fetch(url, { method: 'POST', headers, body: '{"a":1}' })).text()).toBe('{"a":1}')
  })

  it('answers a health check without signature', async () => {
    const { url } = await serveRouter()
    const response = await fetch(`${url}/_batchwise/health`)
    expect(await response.json()).toEqual({ status: 'ok', services: [...SERVICES, 'dynamodb'] })
  })
})

const HOST = 'host: 127.0.0.1:PORT'
const AUTHORIZATION = `authorization: ${authorization('sqs')}`
const FULL = [HOST, DATE, AUTHORIZATION]
const wrongly = (from: string | RegExp, to: string) => [HOST, DATE, AUTHORIZATION.replace(from, to)]

describe('what the router refuses', () => {
  it.each<[title: string, line: string, headers: readonly string[]]>([
    ['without signature', 'POST /', [HOST]],
    ['with a password', 'POST /', [HOST, DATE, 'authorization: Basic YTpi']],
    ['with a bearer token', 'POST /', [HOST, DATE, 'authorization: Bearer abc']],
    ['with an empty authorization', 'POST /', [HOST, DATE, 'authorization:']],
    ['with the name of the algorithm only', 'POST /', [HOST, DATE, 'authorization: AWS4-HMAC-SHA256']],
    ['with a signature of version 2', 'POST /', [HOST, DATE, 'authorization: AWS local:c2ln']],
    ['with another algorithm', 'POST /', wrongly('AWS4-HMAC-SHA256', 'AWS4-HMAC-MD5')],
    ['with a short signature', 'POST /', wrongly(SIGNATURE, 'abc')],
    ['without credential', 'POST /', wrongly(/Credential=[^,]*, /, '')],
    ['with a scope that lacks a part', 'POST /', wrongly('/eu-west-1', '')],
    ['with a scope that ends otherwise', 'POST /', wrongly('aws4_request', 'aws5_request')],
    ['whose signature leaves the host out', 'POST /', wrongly('host;', '')],
    ['signed without a date', 'POST /', [HOST, AUTHORIZATION]],
    ['presigned with a broken signature', `GET /?${presigned('s3').replace(SIGNATURE, 'x')}`, [HOST]],
    ['presigned without expiry', `GET /?${presigned('s3').replace('X-Amz-Expires', 'Y')}`, [HOST]],
    ['from a foreign origin', 'POST /', [...FULL, 'origin: http://evil.example']],
    ['from an opaque origin', 'POST /', [...FULL, 'origin: null']],
    ['from another port of this machine', 'POST /', [...FULL, 'origin: http://127.0.0.1:1']],
    ['from our origin by https', 'POST /', [...FULL, 'origin: https://127.0.0.1:PORT']],
    ['from two origins', 'POST /', [...FULL, 'origin: http://127.0.0.1:PORT', 'origin: http://evil.example']],
    ['presigned, by an image in a page', `GET /?${presigned('s3')}`, [HOST, 'sec-fetch-site: cross-site']],
    ['by a page of another local port', `GET /?${presigned('s3')}`, [HOST, 'sec-fetch-site: same-site']],
    ['for another host', 'POST /', ['host: evil.example:PORT', DATE, AUTHORIZATION]],
    [
      'for a host that resolves to this machine',
      'POST /',
      ['host: 127.0.0.1.nip.example:PORT', DATE, AUTHORIZATION],
    ],
    ['for a bucket host', 'POST /', ['host: bucket.localhost:PORT', DATE, AUTHORIZATION]],
    ['for another port', 'POST /', ['host: 127.0.0.1:1', DATE, AUTHORIZATION]],
    ['without port', 'POST /', ['host: 127.0.0.1', DATE, AUTHORIZATION]],
    ['with a user in the host', 'POST /', ['host: evil@127.0.0.1:PORT', DATE, AUTHORIZATION]],
    ['with an empty host', 'POST /', ['host:', DATE, AUTHORIZATION]],
    ['for two hosts', 'POST /', [...FULL, 'host: evil.example:PORT']],
    ['for an absolute target', 'POST http://evil.example/', FULL],
    ['asking leave by OPTIONS', 'OPTIONS /', [...FULL, 'access-control-request-method: POST']],
    ['asking leave without signature', 'OPTIONS /', [HOST, 'origin: http://127.0.0.1:PORT']],
    ['for health by another host', 'GET /_batchwise/health', ['host: evil.example:PORT']],
    ['for health by another page', 'GET /_batchwise/health', [HOST, 'origin: http://evil.example']],
    ['for health by a page of ours', 'GET /_batchwise/health', [HOST, 'origin: http://127.0.0.1:PORT']],
    ['for more than health', 'GET /_batchwise/health/../../bucket', [HOST]],
  ])('%s', async (_title, line, headers) => {
    const reached = vi.fn()
    const { url, port } = await serveRouter({ sqs: async () => reached(), s3: async () => reached() })
    const text = request(line, ...headers).replaceAll('PORT', String(port))
    const answer = await sendRaw(url, text)
    expect(statusOf(answer)).toBe(403)
    expect(answer).not.toMatch(/access-control/i)
    expect(reached).not.toHaveBeenCalled()
  })

  it.each([
    ['query form', 'content-type: application/x-www-form-urlencoded', /<ErrorResponse><Error><Type>Sender/],
    ['JSON', 'content-type: application/x-amz-json-1.0', /"__type":"MissingAuthenticationTokenException"/],
    ['S3 form', 'content-type: text/csv', /<Error><Code>MissingAuthenticationTokenException/],
  ])('is told in %s to whom writes so', async (_title, contentType, text) => {
    const { url, port } = await serveRouter()
    expect(await sendRaw(url, request('POST /', `host: localhost:${port}`, contentType))).toMatch(text)
  })

  it('does not include what our own origin sends', async () => {
    const { url, port } = await serveRouter()
    const text = signed(
      'POST /',
      port,
      'sqs',
      `origin: http://localhost:${port}`,
      'sec-fetch-site: same-origin',
    )
    expect(statusOf(await sendRaw(url, text))).toBe(200)
  })
})

describe('a broken request', () => {
  const LENGTHS = 'content-length: 5\r\ntransfer-encoding: chunked'
  it.each([
    [
      'two lengths',
      (port: number) => signed('POST /', port, 'sqs', 'content-length: 5', 'content-length: 6'),
    ],
    ['length and chunks', (port: number) => signed('POST /', port, 'sqs', LENGTHS)],
    ['no HTTP', () => '\u0000\u0001 nonsense\r\n\r\n'],
    ['no host', () => request('GET /')],
    [
      'no end of headers',
      (port: number) => `GET / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${'a: b\r\n'.repeat(9000)}`,
    ],
    ['an older HTTP', () => 'GET / HTTP/1.0\r\n\r\n'],
  ])('with %s leaves the server up', async (_title, text) => {
    const { url, port } = await serveRouter()
    expect(statusOf(await sendRaw(url, text(port)))).toBeGreaterThanOrEqual(400)
    expect((await fetch(`${url}/_batchwise/health`)).status).toBe(200)
  })

  it('whose client hangs up is no error of ours', async () => {
    const ended = Promise.withResolvers<unknown>()
    const { url, port, errors } = await serveRouter({
      sqs: async request => {
        const body = readBody(request.body, 100)
        ended.resolve(body.catch(error => error.code))
        await body
      },
    })
    const socket = connect(port, '127.0.0.1')
    socket.write(signed('POST /', port, 'sqs', 'content-length: 5').replace('close', 'keep-alive'), () =>
      socket.destroy(),
    )
    expect(await await ended.promise).toBe('ECONNRESET')
    expect((await fetch(`${url}/_batchwise/health`)).status).toBe(200)
    expect(errors).toEqual([])
  })
})

describe('a fault of ours', () => {
  const fault = new Error('secret detail')
  it.each([
    ['sns', /^HTTP\/1.1 500 .*<Type>Receiver<\/Type><Code>InternalFailure/s],
    ['sqs', /^HTTP\/1.1 500 .*"__type":"InternalFailure"/s],
    ['s3', /^HTTP\/1.1 500 .*<Error><Code>InternalFailure/s],
  ] as const)('is answered in the form of %s, without its text', async (service, text) => {
    const { url, port, errors } = await serveRouter({
      [service]: async () => {
        throw fault
      },
    })
    const answer = await sendRaw(url, signed('POST /', port, service))
    expect(answer).toMatch(text)
    expect(answer).not.toContain('secret')
    expect(errors).toEqual([{ error: fault, service }])
  })

  it('after the answer began cuts it off', async () => {
    const { url, port, errors } = await serveRouter({
      s3: async (_request, response) => {
        response.writeHead(200, { 'content-length': '10' }).write('part')
        throw fault
      },
    })
    await sendRaw(url, signed('GET /', port, 's3'))
    expect(errors).toEqual([{ error: fault, service: 's3' }])
  })

  it('in dynamodb is reported', async () => {
    const { url, port, errors } = await serveRouter({}, () => {
      throw fault
    })
    expect(await sendRaw(url, signed('POST /', port, 'dynamodb'))).toBe('')
    expect(errors).toEqual([{ error: fault, service: 'dynamodb' }])
  })

  it('that writes after the end does not end the process', async () => {
    const { url, port, errors } = await serveRouter({
      s3: async (_request, response) => {
        response.end('whole')
        response.write('more')
      },
    })
    expect(await sendRaw(url, signed('GET /', port, 's3'))).toContain('whole')
    expect(errors).toEqual([
      { error: expect.objectContaining({ code: 'ERR_STREAM_WRITE_AFTER_END' }), service: 's3' },
    ])
  })
})

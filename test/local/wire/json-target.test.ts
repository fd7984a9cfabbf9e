import { describe, expect, it } from 'vitest'
import { AwsError } from '../../../src/local/wire/aws-error.ts'
import { jsonFace } from '../../../src/local/wire/json-target.ts'
import { serveFace } from './serve.ts'

const operations = {
  Echo: (input: unknown) => input,
  Nothing: () => undefined,
  Refuse: () => {
    throw new AwsError('QueueDoesNotExist', 'There is no queue "ü".', { queryCode: 'AWS.Old.NoQueue' })
  },
}

async function call(target: string, body: string | Buffer, version = '1.0') {
  const { url } = await serveFace(jsonFace('AmazonSQS', operations))
  const headers = { 'x-amz-target': target, 'content-type': `application/x-amz-json-${version}` }
  return fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) })
}

describe('a JSON face', () => {
  it.each([
    ['gives the operation its input', 'AmazonSQS.Echo', '{"a":["ü"]}', 200, { a: ['ü'] }],
    ['takes an empty body as no input', 'AmazonSQS.Echo', '', 200, {}],
    ['answers {} for an operation without output', 'AmazonSQS.Nothing', '{}', 200, {}],
  ])('%s', async (_title, target, body, status, answer) => {
    const response = await call(target, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual(answer)
  })

  it.each([
    ['refuses an unknown operation', 'AmazonSQS.Purge', '{}', 'UnknownOperationException', /Echo, Nothing/],
    ['refuses another service', 'Logs.Echo', '{}', 'UnknownOperationException', /"Logs\.Echo" of AmazonSQS/],
    ['refuses a name every object has', 'AmazonSQS.toString', '{}', 'UnknownOperationException', /toString/],
    ['refuses a missing target', '', '{}', 'UnknownOperationException', /POST \//],
    ['refuses broken JSON', 'AmazonSQS.Echo', '{"a":', 'SerializationException', /not JSON/],
    ['refuses a list', 'AmazonSQS.Echo', '[1]', 'SerializationException', /not a JSON object/],
    ['refuses null', 'AmazonSQS.Echo', 'null', 'SerializationException', /not a JSON object/],
    ['writes a refusal of the operation', 'AmazonSQS.Refuse', '{}', 'QueueDoesNotExist', /no queue "ü"/],
  ])('%s', async (_title, target, body, code, message) => {
    const response = await call(target, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ __type: code, message: expect.stringMatching(message) })
  })

  it('answers in the version it was asked in, with the request id', async () => {
    const response = await call('AmazonSQS.Echo', '{}', '1.1')
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1')
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('names the older code for clients that grew up with the query form', async () => {
    const response = await call('AmazonSQS.Refuse', '{}')
    expect(response.headers.get('x-amzn-query-error')).toBe('AWS.Old.NoQueue;Sender')
  })

  it('answers 413 to a body beyond its limit', async () => {
    const response = await call('AmazonSQS.Echo', Buffer.alloc(16 * 1024 * 1024 + 1, 32))
    expect(response.status).toBe(413)
  })

  it('passes any other error on', async () => {
    const fault = new Error('bug')
    const face = jsonFace('A', {
      Break: () => {
        throw fault
      },
    })
    const { url, thrown } = await serveFace(face)
    await expect(fetch(url, { method: 'POST', headers: { 'x-amz-target': 'A.Break' } })).rejects.toThrow()
    expect(thrown).toEqual([fault])
  })

  it('tells the operation when its client has gone', async () => {
    const began = Promise.withResolvers<void>()
    const gone = Promise.withResolvers<void>()
    const face = jsonFace('A', {
      Poll: async (_input, { signal }) => {
        signal.addEventListener('abort', () => gone.resolve())
        began.resolve()
        await gone.promise
      },
    })
    const { url } = await serveFace(face)
    const client = new AbortController()
    const poll = fetch(url, {
      method: 'POST',
      headers: { 'x-amz-target': 'A.Poll' },
      signal: client.signal,
    })
    await began.promise
    client.abort()
    await expect(poll).rejects.toThrow()
    await expect(gone.promise).resolves.toBeUndefined()
  })
})

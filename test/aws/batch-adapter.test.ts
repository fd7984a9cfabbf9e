import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BatchClient } from '@aws-sdk/client-batch'
import { afterEach, describe, expect, it } from 'vitest'
import { createBatch } from '../../src/aws/batch-adapter.ts'
import type { BatchPort } from '../../src/ports.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function batchAt(listener: RequestListener): Promise<BatchPort> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return batchOn((server.address() as AddressInfo).port)
}

function batchOn(port: number): BatchPort {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new BatchClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true },
  })
  closers.push(() => client.destroy())
  return createBatch(client, client)
}

const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }

const REQUEST = {
  jobName: 'n',
  jobQueue: 'q',
  jobDefinition: 'd',
  containerOverrides: { environment: [] },
  tags: {},
  propagateTags: true,
} as const

describe('submit', () => {
  it.each<[string, RequestListener, object]>([
    ['has the job of an answer', answer(200, { jobId: 'j', jobName: 'n' }), { type: 'accepted', jobId: 'j' }],
    ['does not know without a jobId', answer(200, {}), { type: 'unknown' }],
    [
      'may send again after 429',
      answer(429, { message: 'slow' }, { 'x-amzn-errortype': 'TooManyRequestsException' }),
      { type: 'refused', again: true },
    ],
    [
      'fails for good on a client error',
      answer(400, { message: 'bad queue' }, { 'x-amzn-errortype': 'ClientException' }),
      { type: 'refused', again: false, reason: 'ClientException: bad queue' },
    ],
    [
      'fails for good without permission',
      answer(403, { message: 'no' }, { 'x-amzn-errortype': 'AccessDeniedException' }),
      { type: 'refused', again: false },
    ],
    [
      'does not know after a server error',
      answer(500, { message: 'oops' }, { 'x-amzn-errortype': 'ServerException' }),
      { type: 'unknown' },
    ],
    ['does not know after 503', answer(503, {}), { type: 'unknown' }],
    ['does not know when the connection is cut', request => request.socket.destroy(), { type: 'unknown' }],
    ['does not know when no answer comes', request => void request.resume(), { type: 'unknown' }],
    [
      'does not know when the answer is no JSON',
      (request, response) => {
        request.resume()
        response.end('<html>')
      },
      { type: 'unknown' },
    ],
  ])('%s', async (_title, listener, outcome) => {
    expect(await (await batchAt(listener)).submit(REQUEST)).toMatchObject(outcome)
  })

  it('knows that nothing was sent when nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise(resolve => server.close(resolve))
    expect(await batchOn(port).submit(REQUEST)).toMatchObject({ type: 'refused', again: true })
  })

  it('sends a call once, whatever becomes of it', async () => {
    let calls = 0
    const batch = await batchAt((request, response) => {
      calls += 1
      answer(503, {})(request, response)
    })
    await batch.submit(REQUEST)
    expect(calls).toBe(1)
  })
})

describe('list', () => {
  it('reads all pages, keeps exactly the name, and puts the oldest first', async () => {
    const pages = [
      {
        jobSummaryList: [
          { jobId: 'b', jobName: 'n', createdAt: 2 },
          { jobId: 'x', jobName: 'N', createdAt: 1 },
        ],
        nextToken: 't',
      },
      { jobSummaryList: [{ jobId: 'a', jobName: 'n', createdAt: 1 }] },
    ]
    const batch = await batchAt((request, response) => answer(200, pages.shift())(request, response))
    expect(await batch.list('q', 'n')).toEqual([
      { jobId: 'a', createdAt: 1 },
      { jobId: 'b', createdAt: 2 },
    ])
  })

  it('fails when Batch does not answer: nothing found would be a lie', async () => {
    await expect((await batchAt(answer(500, {}))).list('q', 'n')).rejects.toThrow()
  })
})

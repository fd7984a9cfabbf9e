import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { AwsEvent } from '../../../src/local/aws-event.ts'
import { createS3, type S3, type S3Options } from '../../../src/local/s3/s3.ts'

export interface LocalS3 {
  readonly s3: S3
  readonly client: S3Client
  readonly port: number
  readonly events: AwsEvent[]
  send(method: string, target: string, options?: RawOptions): Promise<RawAnswer>
  /** Another client of the same service; close it with the service. */
  clientWith(config: S3ClientConfig): S3Client
  stop(): Promise<void>
}

interface RawOptions {
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
}

interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'batchwise-s3-'))
}

/** A local S3 on a port of its own, over real HTTP; in a folder of its own unless one is given. */
export async function startS3(options: Partial<S3Options> = {}): Promise<LocalS3> {
  const events: AwsEvent[] = []
  const folder = options.folder ?? temporaryFolder()
  const identity = { account: '123456789012', region: 'eu-central-1' }
  const s3 = createS3({ identity, now: Date.now, emit: event => events.push(event), ...options, folder })
  const server = await serve(s3)
  const { port } = server.address() as AddressInfo
  const clients: S3Client[] = []
  const clientWith = (config: S3ClientConfig) => {
    const client = new S3Client({ ...clientConfig(port), ...config })
    clients.push(client)
    return client
  }
  return {
    s3,
    client: clientWith({}),
    port,
    events,
    clientWith,
    send: (method, target, raw = {}) => send(port, method, target, raw),
    stop: async () => {
      for (const client of clients) client.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

export function sequencerOf(event: AwsEvent): string {
  return (event.detail['object'] as { sequencer: string }).sequencer
}

/** The HTTP status and S3 code an SDK call failed with; undefined if it did not fail. */
export async function failure(
  call: Promise<unknown>,
): Promise<{ status?: number; code: string } | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } }
    return { status: $metadata?.httpStatusCode ?? 0, code: name }
  }
}

/** Sends bytes over a plain socket, hangs up if asked to, and reads all that comes until the other side closes. */
export async function sendBytes(port: number, bytes: string, then?: 'hang up'): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  if (then === 'hang up') socket.end(bytes, 'latin1')
  else socket.write(bytes, 'latin1')
  const chunks: Buffer[] = []
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

function clientConfig(port: number): S3ClientConfig {
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  }
}

async function serve(s3: S3): Promise<Server> {
  const server = createServer((request, response) => {
    const [path = '', ...query] = (request.url ?? '').split('?')
    const wire = {
      method: request.method ?? '',
      path,
      query: query.join('?'),
      headers: request.headers,
      body: request,
      requestId: crypto.randomUUID(),
    }
    s3.face(wire, response).catch(error => response.destroy(error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function send(port: number, method: string, target: string, raw: RawOptions): Promise<RawAnswer> {
  const { headers = {}, body = '' } = raw
  const request = httpRequest({ host: '127.0.0.1', port, method, path: target, headers, agent: false })
  request.end(body)
  const [response] = await once(request, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }
}

import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { REGION, signatureProblem } from './signature-check.ts'

/** What the server does instead of answering: an HTTP status, or the socket is cut after so many bytes. */
type Fault = { readonly status: number } | { readonly cutAfter: number }

export interface ObjectServer {
  readonly endpoint: string
  readonly env: Readonly<Record<string, string>>
  /** By `bucket/key`, the key as it is. */
  readonly objects: Map<string, Buffer>
  /** `METHOD target` as they came. */
  readonly requests: string[]
  /** Used up from the front, one per request. */
  readonly faults: Fault[]
  close(): Promise<void>
}

const PAGE_SIZE = 3

/** A small S3 on 127.0.0.1: GET with ranges, PUT, ListObjectsV2 in pages of three. Refuses what is not signed right. */
export async function startObjectServer(): Promise<ObjectServer> {
  const objects = new Map<string, Buffer>()
  const requests: string[] = []
  const faults: Fault[] = []
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    requests.push(`${request.method} ${request.url}`)
    const problem = await signatureProblem(request, body)
    const fault = faults.shift()
    if (problem !== undefined) return refuse(response, 403, 'SignatureDoesNotMatch', problem)
    if (fault !== undefined && 'status' in fault)
      return refuse(response, fault.status, 'SlowDown', 'Slow down')
    if (request.method === 'PUT') return putObject(objects, request, response, body)
    if (request.url?.includes('?')) return listObjects(objects, request.url, response)
    return getObject(objects, request, response, fault?.cutAfter)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => new Promise<void>(resolve => server.close(() => resolve()).closeAllConnections())
  const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }
  const env = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: REGION, ...keys }
  return { endpoint, env, objects, requests, faults, close }
}

function putObject(
  objects: Map<string, Buffer>,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
) {
  objects.set(nameOf(request.url ?? ''), body)
  response.end()
}

function getObject(
  objects: ReadonlyMap<string, Buffer>,
  request: IncomingMessage,
  response: ServerResponse,
  cutAfter?: number,
) {
  const whole = objects.get(nameOf(request.url ?? ''))
  if (whole === undefined) return refuse(response, 404, 'NoSuchKey', 'The specified key does not exist.')
  const etag = `"${createHash('md5').update(whole).digest('hex')}"`
  if ((request.headers['if-match'] ?? etag) !== etag)
    return refuse(response, 412, 'PreconditionFailed', 'At least one condition did not hold')
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const body = whole.subarray(start)
  response.writeHead(request.headers.range ? 206 : 200, { etag, 'content-length': body.length })
  if (cutAfter === undefined) return response.end(body)
  return response.write(body.subarray(0, cutAfter), () => response.destroy())
}

function listObjects(objects: ReadonlyMap<string, Buffer>, target: string, response: ServerResponse) {
  const [path = '', search] = target.split('?')
  const query = new URLSearchParams(search)
  const prefix = nameOf(path) + (query.get('prefix') ?? '')
  const after = query.get('continuation-token') ?? ''
  const names = [...objects.keys()].sort().filter(name => name.startsWith(prefix) && name > after)
  const page = names.slice(0, PAGE_SIZE)
  const keys = page.map(
    name => `<Contents><Key>${formEncode(name.slice(nameOf(path).length))}</Key></Contents>`,
  )
  const token = names.length > PAGE_SIZE ? escapeXml(page.at(-1) ?? '') : ''
  const next = token === '' ? '' : `<NextContinuationToken>${token}</NextContinuationToken>`
  const xml = `<ListBucketResult><EncodingType>url</EncodingType>${next}${keys.join('')}</ListBucketResult>`
  response.end(xml)
}

function refuse(response: ServerResponse, status: number, code: string, message: string) {
  response
    .writeHead(status)
    .end(`<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`)
}

function nameOf(target: string): string {
  return decodeURIComponent(target.slice(1))
}

function formEncode(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

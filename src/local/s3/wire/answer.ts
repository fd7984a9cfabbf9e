import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { WireRequest } from '../../wire/face.ts'
import { S3Error } from './s3-error.ts'
import { text, type Xml, xmlError } from './xml.ts'

/** What an operation answers. */
export interface S3Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Xml | Readable
}

export function xmlAnswer(body: Xml, headers: Readonly<Record<string, string>> = {}): S3Answer {
  return { status: 200, headers, body }
}

/** Sends an answer; bytes are streamed as fast as the client takes them. */
export async function sendAnswer(
  answer: S3Answer,
  requestId: string,
  response: ServerResponse,
): Promise<void> {
  const { status, headers, body } = answer
  const head = { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId, ...headers }
  if (body === undefined) {
    response.writeHead(status, head).end()
  } else if (typeof body === 'string') {
    const type = { 'content-type': 'application/xml', 'content-length': String(Buffer.byteLength(body)) }
    response.writeHead(status, { ...head, ...type }).end(body)
  } else {
    response.once('close', () => body.destroy()) // also if it never began: the stream holds files
    response.writeHead(status, head)
    await pipeline(body, response)
  }
}

/** An error in S3's form; without a body where HTTP forbids one. */
export function errorAnswer(error: unknown, { method, path, requestId }: WireRequest): S3Answer {
  const known = error instanceof S3Error ? error : internalError(error)
  if (known.status === 304) return { status: 304, headers: { etag: String(known.fields['ETag']) } }
  const fields = Object.entries(known.fields)
  const body = xmlError(
    text('Code', known.code),
    text('Message', known.message),
    ...fields.map(([name, value]) => text(name, value)),
    text('Resource', path),
    text('RequestId', requestId),
    text('HostId', requestId),
  )
  if (method === 'HEAD') return { status: known.status, headers: { 'content-type': 'application/xml' } }
  return { status: known.status, body }
}

function internalError(error: unknown): S3Error {
  const what = error instanceof Error ? error.message : String(error)
  return new S3Error(
    'InternalError',
    `The local S3 failed: ${what}. Try again; if it stays, look at its data folder.`,
  )
}

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

/** A request as it came over the wire, before any face has read its body. */
export interface WireRequest {
  readonly method: string
  /** The path exactly as sent: percent-encoding and `..` kept, no query. Never built through `new URL()`. */
  readonly path: string
  /** The query exactly as sent, without `?`. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  /** The body, unread. */
  readonly body: IncomingMessage
  /** Random UUID, sent back as x-amzn-RequestId. */
  readonly requestId: string
}

/**
 * The wire face of one AWS service. It answers every request it is given, refusals too, in that service's own form.
 * What it throws is a fault: the router reports it and answers 500.
 * The router has already refused what the safety rules refuse.
 */
export type Face = (request: WireRequest, response: ServerResponse) => Promise<void>

/** Where this AWS pretends to be. */
export interface Identity {
  readonly account: string
  readonly region: string
}

/** Milliseconds since the epoch. */
export type Now = () => number

/** Reads a whole body of at most `limit` bytes; rejects with a RangeError beyond. */
export async function readBody(body: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  // Leaving the loop must not destroy the socket: the refusal still has to be written to it.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new RangeError(`The request body is larger than ${limit} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

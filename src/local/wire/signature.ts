import type { IncomingHttpHeaders } from 'node:http'

/** What a Signature Version 4 says, in a header or in a presigned URL. */
interface Signature {
  readonly algorithm: string
  /** Key id, date, region, service and `aws4_request`, with slashes between. */
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
}

/**
 * The service a request was signed for; `undefined` if it bears no well-formed Signature Version 4.
 *
 * Only the form is checked. The secret is not: everybody on this machine may use any. What it keeps out are
 * requests that a web page can make a browser send, for those cannot bear an `Authorization` of this form.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedService(headers: IncomingHttpHeaders, query: string): string | undefined {
  const signature =
    headers.authorization === undefined ? presigned(query) : inHeader(headers.authorization, headers)
  if (signature === undefined || !isWellFormed(signature)) return undefined
  return /^[^/\s]+\/\d{8}\/[a-z0-9-]+\/([a-z0-9-]+)\/aws4_request$/.exec(signature.credential)?.[1]
}

function inHeader(authorization: string, headers: IncomingHttpHeaders): Signature | undefined {
  const space = authorization.indexOf(' ')
  if (space < 0 || (headers['x-amz-date'] ?? headers.date) === undefined) return undefined
  const parts = new Map(
    authorization
      .slice(space + 1)
      .split(',')
      .map(part => keyAndValue(part.trim())),
  )
  return {
    algorithm: authorization.slice(0, space),
    credential: parts.get('Credential') ?? '',
    signedHeaders: parts.get('SignedHeaders') ?? '',
    signature: parts.get('Signature') ?? '',
  }
}

function keyAndValue(part: string): readonly [string, string] {
  const equals = part.indexOf('=')
  return [part.slice(0, Math.max(equals, 0)), part.slice(equals + 1)]
}

function presigned(query: string): Signature | undefined {
  const parameters = new URLSearchParams(query)
  if (!parameters.has('X-Amz-Date') || !parameters.has('X-Amz-Expires')) return undefined
  return {
    algorithm: parameters.get('X-Amz-Algorithm') ?? '',
    credential: parameters.get('X-Amz-Credential') ?? '',
    signedHeaders: parameters.get('X-Amz-SignedHeaders') ?? '',
    signature: parameters.get('X-Amz-Signature') ?? '',
  }
}

function isWellFormed({ algorithm, signedHeaders, signature }: Signature): boolean {
  return (
    algorithm === 'AWS4-HMAC-SHA256' &&
    signedHeaders.split(';').includes('host') &&
    /^[0-9a-f]{64}$/.test(signature)
  )
}

import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { S3Client } from '@aws-sdk/client-s3'

export const REGION = 'eu-west-1'

/** What Signature Version 4 of AWS's own SDK says about a request. */
interface Signable {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
}

const client = new S3Client({
  region: REGION,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})

/** Signs with the SDK's signer and gives the signature, 64 hex digits. */
export async function sdkSignature(request: Signable, signingDate: Date): Promise<string | undefined> {
  const scheme = { name: 'sigv4', signingName: 's3', signingRegion: REGION, properties: {} }
  const signer = await client.config.signer(scheme)
  const { method, path, query, headers } = request
  const unsigned = { protocol: 'http:', hostname: headers['host'] ?? '', method, path }
  const signed = await signer.sign(
    { ...unsigned, query: { ...query }, headers: { ...headers } },
    { signingDate },
  )
  return signatureIn(signed.headers['authorization'])
}

/** Tells what is wrong with a request's signature or body hash, or nothing. */
export async function signatureProblem(request: IncomingMessage, body: Buffer): Promise<string | undefined> {
  const { authorization = '' } = request.headers
  const signedNames = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? []
  if (!signedNames.includes('host')) return 'the request is not signed'
  const headers = Object.fromEntries(signedNames.map(name => [name, String(request.headers[name])]))
  if (headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex'))
    return 'the body is not the one signed'
  const [path = '', search = ''] = (request.url ?? '').split('?')
  const signable = { method: request.method ?? '', path, query: readQuery(search), headers }
  const expected = await sdkSignature(signable, readTime(headers['x-amz-date'] ?? ''))
  return signatureIn(authorization) === expected ? undefined : 'the signature is wrong'
}

function signatureIn(authorization = ''): string | undefined {
  return /Signature=([0-9a-f]{64})$/.exec(authorization)?.[1]
}

function readQuery(search: string): Record<string, string> {
  const pairs = search.split('&').filter(pair => pair !== '')
  return Object.fromEntries(
    pairs.map(pair => [
      decodeURIComponent(pair.split('=')[0] ?? ''),
      decodeURIComponent(pair.split('=')[1] ?? ''),
    ]),
  )
}

function readTime(compact: string): Date {
  return new Date(compact.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

import { setTimeout as sleep } from 'node:timers/promises'
import { SNSClient } from '@aws-sdk/client-sns'
import type { ClientTarget } from '../client-target.ts'
import { signRequest } from './sign-request.ts'

/** A call of a service for which no client is installed. */
export interface SignedCall {
  readonly service: 'ecr' | 'iam' | 'scheduler'
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * Sends a call and gives the text of its answer.
 *
 * @throws Error named as AWS names what is wrong: `RepositoryNotFoundException`, `NoSuchEntity`, `AccessDenied`
 */
export type SendSigned = (call: SignedCall) => Promise<string>

/** Milliseconds for the whole call. */
const TIMEOUT = 15_000
const TRIES = 4
/** Milliseconds, doubled with each try. */
const PAUSE = 100

/**
 * Calls to services that only `doctor` asks, a few times: signed here, so that nobody installs three more clients for them.
 * Credentials and region are those that the clients use.
 */
export function createSignedCalls(target: ClientTarget): SendSigned {
  const { config } = new SNSClient({ ...target })
  return async ({ service, method, path, query = {}, headers = {}, body = '' }) => {
    const [credentials, region] = await Promise.all([config.credentials(), config.region()])
    const place = placeOf(service, region)
    const base = target.endpoint ?? process.env['AWS_ENDPOINT_URL'] ?? `https://${place.host}`
    const url = new URL(path, base)
    url.search = queryText(query)
    const signed = signRequest(
      { method, url, body, headers, service, region: place.region },
      credentials,
      new Date(),
    )
    const { host: _host, ...sent } = signed
    return patiently(() => fetched(url, method, sent, body))
  }
}

async function fetched(
  url: URL,
  method: SignedCall['method'],
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<string> {
  const answer = await fetch(url, {
    method,
    headers,
    signal: AbortSignal.timeout(TIMEOUT),
    ...(method === 'POST' && { body }),
  })
  const text = await answer.text()
  if (answer.ok) return text
  throw refusal(text, answer.status)
}

/** Tries again what AWS is too busy for: these calls only read. */
async function patiently(call: () => Promise<string>): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await call()
    } catch (error) {
      if (tries === TRIES || !isBusy(error)) throw error
      await sleep(PAUSE * 2 ** tries)
    }
  }
}

function isBusy(error: unknown): boolean {
  const { name, $metadata } = error as Refusal
  return /^Throttling|TooManyRequests/.test(name) || ($metadata?.httpStatusCode ?? 0) >= 500
}

type Refusal = Error & { readonly $metadata?: { readonly httpStatusCode: number } }

function placeOf(service: SignedCall['service'], region: string) {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  switch (service) {
    case 'ecr':
      return { host: `api.ecr.${region}.${suffix}`, region }
    case 'scheduler':
      return { host: `scheduler.${region}.${suffix}`, region }
    case 'iam':
      return iamPlace(region)
  }
}

/** IAM has one place for each partition. */
function iamPlace(region: string) {
  if (region.startsWith('cn-')) return { host: 'iam.cn-north-1.amazonaws.com.cn', region: 'cn-north-1' }
  if (region.startsWith('us-gov-')) return { host: 'iam.us-gov.amazonaws.com', region: 'us-gov-west-1' }
  return { host: 'iam.amazonaws.com', region: 'us-east-1' }
}

function queryText(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(pair => pair.map(encodeURIComponent).join('='))
    .join('&')
}

/** JSON says `__type` and `message`, XML `<Code>` and `<Message>`. */
function refusal(text: string, status: number): Refusal {
  const [, type] =
    /"(?:__type|Code|code)"\s*:\s*"(?:[^"]*#)?([^"]+)"/.exec(text) ?? /<Code>([^<]+)</.exec(text) ?? []
  const [, message] = /"[Mm]essage"\s*:\s*"([^"]*)"/.exec(text) ?? /<Message>([^<]*)</.exec(text) ?? []
  const error = new Error(message ?? `It answered with ${status}.`)
  error.name = type ?? (status === 403 ? 'AccessDenied' : 'UnknownError')
  return Object.assign(error, { $metadata: { httpStatusCode: status } })
}

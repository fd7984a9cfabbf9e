import type { IncomingMessage } from 'node:http'
import { AwsError } from './aws-error.ts'

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Why a request must not even be looked at, or `undefined`. Whoever may call this port may run commands, so web
 * pages, whose requests a browser on this machine sends for them, are kept out:
 *
 * - `Host` must be this machine by a name of its own, or a page could reach us by a name it controls (DNS rebinding);
 * - `Origin` must be our own, and so must be what `Sec-Fetch-Site` says of requests that bear no `Origin`;
 * - nothing is ever allowed by OPTIONS, so no page can get leave to send what else it could not.
 */
export function refusal(message: IncomingMessage, port: number): AwsError | undefined {
  const { method, headers, rawHeaders, url = '' } = message
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length
  if (hosts !== 1 || !authorities(port).includes(headers.host?.toLowerCase() ?? '')) return badHost(port)
  if (!url.startsWith('/')) return forbidden('The request target does not begin with "/".')
  if (headers.origin !== undefined && !origins(port).includes(headers.origin)) {
    return forbidden('The request has a foreign Origin. Web pages may not call local AWS.')
  }
  const site = headers['sec-fetch-site'] ?? 'none'
  if (site !== 'none' && site !== 'same-origin') {
    return forbidden('The request comes from another site. Web pages may not call local AWS.')
  }
  if (method === 'OPTIONS') return forbidden('Local AWS answers no OPTIONS.')
  return undefined
}

function badHost(port: number): AwsError {
  return forbidden(
    `The Host header is not 127.0.0.1:${port}. Use the endpoint http://127.0.0.1:${port}, for S3 with path-style addressing.`,
  )
}

function authorities(port: number): readonly string[] {
  return LOOPBACK_NAMES.flatMap(name => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))
}

function origins(port: number): readonly string[] {
  return LOOPBACK_NAMES.map(name => (port === 80 ? `http://${name}` : `http://${name}:${port}`))
}

function forbidden(message: string): AwsError {
  return new AwsError('AccessDeniedException', message, { status: 403 })
}

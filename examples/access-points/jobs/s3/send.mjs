import { createReadStream } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** @typedef {{ readonly file: string, readonly bytes: number, readonly sha256: string }} FileBody */

const IDLE_LIMIT = 60_000

/**
 * Sends one HTTP request, once. Not `fetch`: it resolves `..` in paths, also percent-encoded, and so would ask
 * for another key.
 *
 * @param {import('./address.mjs').Address} address with path and query
 * @param {string} method
 * @param {Readonly<Record<string, string>>} headers
 * @param {FileBody} [body]
 * @returns {Promise<import('node:http').IncomingMessage>} once the head has come; throws the socket's error
 */
export function send(address, method, headers, body) {
  const { protocol, host, path } = address
  const make = protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const request = make(`${protocol}//${host}`, { method, path, headers, timeout: IDLE_LIMIT }, resolve)
    request.on('timeout', () => request.destroy(new Error(`${host} was silent for ${IDLE_LIMIT / 1000} s`)))
    request.on('error', reject)
    if (body === undefined) request.end()
    else createReadStream(body.file).on('error', reject).pipe(request)
  })
}

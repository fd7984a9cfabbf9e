import { setTimeout as pause } from 'node:timers/promises'
import { JobError, shown } from '../job-error.mjs'
import { bucketAddress, encodeKey, regionOf } from './address.mjs'
import { credentialsOf } from './credentials.mjs'
import { readS3Error, S3Error } from './s3-error.mjs'
import { send } from './send.mjs'
import { EMPTY_SHA256, encodeQuery, signedHeaders } from './sigv4.mjs'

/**
 * @typedef {object} S3Request
 * @property {'GET' | 'PUT'} method
 * @property {string} bucket
 * @property {string} [key] as it is; none for a request about the bucket
 * @property {Readonly<Record<string, string>>} [query]
 * @property {Readonly<Record<string, string>>} [headers]
 * @property {import('./send.mjs').FileBody} [body]
 */

/** Requests in all, the first one included. */
export const ATTEMPTS = 5

/**
 * Makes the function that signs and sends a request, and does so again after a server error, throttling or a lost
 * connection: up to five times, with growing, random pauses between.
 *
 * @param {import('./address.mjs').Environment} env
 * @param {number} firstPause milliseconds before the second attempt, at most; doubles each time
 * @returns {(request: S3Request) => Promise<import('node:http').IncomingMessage>} throws JobError when it was refused
 * @throws {JobError} if there is no region
 */
export function requester(env, firstPause) {
  const region = regionOf(env)
  const credentials = credentialsOf(env)
  return async request => {
    const address = addressOf(request, env, region)
    for (let attempt = 1; ; attempt += 1) {
      const headers = signRequest(request, address, await credentials(), region)
      const answer = await sendOnce(request, address, headers)
      if (!(answer instanceof JobError)) return answer
      if (answer instanceof S3Error && !answer.retryable) throw answer
      if (attempt === ATTEMPTS) throw answer
      await pause(Math.random() * firstPause * 2 ** (attempt - 1))
    }
  }
}

/**
 * @param {S3Request} request
 * @param {import('./address.mjs').Environment} env
 * @param {string} region
 */
function addressOf({ bucket, key = '' }, env, region) {
  const address = bucketAddress(env, region, bucket)
  return { ...address, path: `${address.path}/${encodeKey(key)}` }
}

/**
 * @param {S3Request} request
 * @param {import('./address.mjs').Address} address
 * @param {import('./sigv4.mjs').Credentials} credentials
 * @param {string} region
 */
function signRequest({ method, query = {}, headers = {}, body }, { host, path }, credentials, region) {
  const payloadHash = body?.sha256 ?? EMPTY_SHA256
  const unsigned = { method, path, query, headers: { ...headers, host }, payloadHash }
  return signedHeaders(unsigned, credentials, region, new Date())
}

/**
 * @param {S3Request} request
 * @param {import('./address.mjs').Address} address
 * @param {Readonly<Record<string, string>>} headers
 * @returns {Promise<import('node:http').IncomingMessage | JobError>} the refusal as a value: the caller decides on it
 */
async function sendOnce({ method, bucket, key = '', query, body }, address, headers) {
  const uri = `s3://${bucket}/${key}`
  const path = query === undefined ? address.path : `${address.path}?${encodeQuery(query)}`
  try {
    const response = await send({ ...address, path }, method, headers, body)
    const { statusCode = 0 } = response
    return statusCode >= 200 && statusCode < 300 ? response : await readS3Error(response, method, uri)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
    return new JobError(
      `${shown(uri)}: ${address.host} cannot be reached (${shown(reason)}). Try again later.`,
      {
        cause,
      },
    )
  }
}

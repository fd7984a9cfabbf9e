import { createHash, createHmac } from 'node:crypto'
import { byText } from '../by-text.mjs'

/** @typedef {{ readonly accessKeyId: string, readonly secretAccessKey: string, readonly sessionToken?: string }} Credentials */
/**
 * @typedef {object} UnsignedRequest
 * @property {string} method
 * @property {string} path percent-encoded, exactly as it will be sent
 * @property {Readonly<Record<string, string>>} query not encoded
 * @property {Readonly<Record<string, string>>} headers with `host`; names in lower case. All are signed
 * @property {string} payloadHash SHA-256 of the body, hex
 */

/** SHA-256 of no bytes, hex: the payload hash of a request without a body. */
export const EMPTY_SHA256 = createHash('sha256').digest('hex')

/**
 * Signs a request to S3 with Signature Version 4 and gives all its headers.
 * Unlike other services' paths, S3's are neither normalised nor encoded a second time.
 *
 * @param {UnsignedRequest} request
 * @param {Credentials} credentials
 * @param {string} region
 * @param {Date} now
 * @returns {Record<string, string>}
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signedHeaders(request, credentials, region, now) {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`
  const headers = {
    ...request.headers,
    'x-amz-content-sha256': request.payloadHash,
    'x-amz-date': time,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  }
  const names = Object.keys(headers).sort().join(';')
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonicalRequest(request, headers))].join('\n')
  const signature = hmac(signingKey(credentials.secretAccessKey, scope), toSign).toString('hex')
  const credential = `${credentials.accessKeyId}/${scope}`
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${names},Signature=${signature}`,
  }
}

/**
 * Percent-encodes all but letters, digits, `-`, `.`, `_` and `~`, as Signature Version 4 asks.
 *
 * @param {string} text
 */
export function encodeUri(text) {
  const hex = (/** @type {string} */ c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(text).replace(/[!'()*]/g, hex)
}

/**
 * The query string as it is sent and signed: encoded, sorted by name.
 *
 * @param {Readonly<Record<string, string>>} query
 */
export function encodeQuery(query) {
  const pairs = Object.entries(query).map(([name, value]) => ({
    name: encodeUri(name),
    value: encodeUri(value),
  }))
  const sorted = pairs.sort((a, b) => byText(a.name, b.name))
  return sorted.map(({ name, value }) => `${name}=${value}`).join('&')
}

/**
 * @param {UnsignedRequest} request
 * @param {Readonly<Record<string, string>>} headers
 */
function canonicalRequest(request, headers) {
  const sorted = Object.entries(headers).sort(([a], [b]) => byText(a, b))
  return [
    request.method,
    request.path,
    encodeQuery(request.query),
    ...sorted.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}`),
    '',
    sorted.map(([name]) => name).join(';'),
    request.payloadHash,
  ].join('\n')
}

/**
 * @param {string} secret
 * @param {string} scope `date/region/service/aws4_request`
 */
function signingKey(secret, scope) {
  /** @type {string | Buffer} */
  let key = `AWS4${secret}`
  for (const part of scope.split('/')) key = hmac(key, part)
  return key
}

/**
 * @param {string | Buffer} key
 * @param {string} text
 */
function hmac(key, text) {
  return createHmac('sha256', key).update(text).digest()
}

/** @param {string} text */
function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}

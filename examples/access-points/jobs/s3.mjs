import { JobError, shown } from './job-error.mjs'
import { ATTEMPTS, requester } from './s3/request.mjs'
import { parseS3Prefix, parseS3Uri } from './s3/s3-uri.mjs'
import { spooled } from './s3/spool.mjs'
import { readBody, textOf, textsOf } from './s3/xml.mjs'

/** @typedef {ReturnType<typeof createS3>} S3 */

/**
 * A small S3 client that needs nothing but Node, and is configured by the variables that all AWS SDKs read:
 * AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI,
 * AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_S3. Server errors, throttling and lost connections are tried again, five
 * times in all. Objects are named `s3://bucket/key`, the key as it is.
 *
 * @param {import('./s3/address.mjs').Environment} env
 * @param {{ readonly firstPause?: number }} [options] `firstPause`: milliseconds before the second attempt at most; doubles
 * @throws {JobError} if there is no region
 */
export function createS3(env, { firstPause = 200 } = {}) {
  const request = requester(env, firstPause)
  return { get, put, list }

  /**
   * Streams an object. A lost connection is taken up where it broke off, on the same version of the object.
   *
   * @param {string} uri
   * @returns {AsyncGenerator<Buffer>}
   * @throws {JobError} if there is no such object, or it was overwritten meanwhile
   */
  async function* get(uri) {
    const location = parseS3Uri(uri)
    let received = 0
    let etag = ''
    for (let failures = 0; ; ) {
      const headers = received === 0 ? {} : { range: `bytes=${received}-`, 'if-match': etag }
      const response = await request({ method: 'GET', ...location, headers })
      if (received > 0 && response.statusCode !== 206)
        throw new JobError(`${shown(uri)}: the endpoint does not serve ranges. Run the job again.`)
      etag = response.headers.etag ?? ''
      try {
        for await (const chunk of response) {
          received += chunk.length
          failures = 0
          yield chunk
        }
        return
      } catch (cause) {
        failures += 1
        if (failures === ATTEMPTS)
          throw new JobError(`${shown(uri)}: the connection broke ${failures} times. Try again later.`, {
            cause,
          })
      }
    }
  }

  /**
   * Writes an object as a whole, or not at all; what was there is replaced.
   *
   * @param {string} uri
   * @param {Iterable<string> | AsyncIterable<string>} texts read only once, and never held in memory together
   * @param {string} contentType
   */
  async function put(uri, texts, contentType) {
    const location = parseS3Uri(uri)
    await spooled(texts, async body => {
      const headers = { 'content-length': String(body.bytes), 'content-type': contentType }
      const response = await request({ method: 'PUT', ...location, headers, body })
      response.resume()
    })
  }

  /**
   * Lists the URIs below a prefix, in the order of their keys.
   *
   * @param {string} prefix `s3://bucket/` and how the key begins
   * @returns {AsyncGenerator<string>}
   */
  async function* list(prefix) {
    const { bucket, key } = parseS3Prefix(prefix)
    let token = ''
    do {
      const query = { 'list-type': '2', 'encoding-type': 'url', prefix: key }
      const next = token === '' ? {} : { 'continuation-token': token }
      const xml = await readBody(await request({ method: 'GET', bucket, query: { ...query, ...next } }))
      for (const listed of keysOf(xml)) yield `s3://${bucket}/${listed}`
      token = textOf(xml, 'NextContinuationToken') ?? ''
    } while (token !== '')
  }
}

/** @param {string} xml a page of ListObjectsV2; keys are percent-encoded, with `+` for a space, if it says so */
function keysOf(xml) {
  const keys = textsOf(xml, 'Key')
  if (textOf(xml, 'EncodingType') !== 'url') return keys
  return keys.map(key => decodeURIComponent(key.replace(/\+/g, ' ')))
}

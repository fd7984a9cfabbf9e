import { JobError, shown } from '../job-error.mjs'

/** @typedef {{ readonly bucket: string, readonly key: string }} S3Location */

/**
 * Splits `s3://bucket/key`. The key is everything behind the bucket, as it is: `?`, `#`, `%`, `+`, `..` and
 * newlines are ordinary characters of a key, so no URL parser may touch it.
 *
 * @param {string} uri
 * @returns {S3Location}
 * @throws {JobError} if there is no bucket or no key
 */
export function parseS3Uri(uri) {
  const location = parseS3Prefix(uri)
  if (location.key === '')
    throw new JobError(`"${shown(uri)}" names a bucket. Name an object: s3://bucket/key.`)
  return location
}

/**
 * Splits `s3://bucket/` and how the keys meant begin, which may be nothing.
 *
 * @param {string} uri
 * @returns {S3Location}
 * @throws {JobError} if there is no bucket
 */
export function parseS3Prefix(uri) {
  const slash = uri.startsWith('s3://') ? uri.indexOf('/', 5) : -1
  if (slash <= 5)
    throw new JobError(`"${shown(uri)}" is not in S3. Give it as s3://bucket/key, the key as it is.`)
  return { bucket: uri.slice(5, slash), key: uri.slice(slash + 1) }
}

import { JobError, shown } from '../job-error.mjs'
import { encodeUri } from './sigv4.mjs'

/** @typedef {{ readonly protocol: 'http:' | 'https:', readonly host: string, readonly path: string }} Address `host` with the port */
/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/**
 * Where the requests about a bucket go: below the path of AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL where one is set,
 * else to the bucket's own host name on AWS. A bucket with dots in its name stays in the path there, for its host
 * name would not fit the certificate.
 *
 * @param {Environment} env
 * @param {string} region
 * @param {string} bucket
 * @returns {Address} the path without a closing slash
 * @throws {JobError} if the endpoint is no URL
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketAddress(env, region, bucket) {
  const endpoint = env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL']
  if (endpoint) return below(readEndpoint(endpoint), bucket)
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  if (bucket.includes('.')) return below({ protocol: 'https:', host, path: '' }, bucket)
  return { protocol: 'https:', host: `${bucket}.${host}`, path: '' }
}

/** @param {string} key */
export function encodeKey(key) {
  return key.split('/').map(encodeUri).join('/')
}

/**
 * @param {Environment} env
 * @throws {JobError} if none is set
 */
export function regionOf(env) {
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION']
  if (!region) throw new JobError('AWS_REGION is not set. Set it to the region of the bucket, say eu-west-1.')
  return region
}

/**
 * @param {Address} address
 * @param {string} bucket
 * @returns {Address}
 */
function below(address, bucket) {
  return { ...address, path: `${address.path}/${encodeUri(bucket)}` }
}

/**
 * @param {string} endpoint
 * @returns {Address}
 */
function readEndpoint(endpoint) {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new JobError(
      `AWS_ENDPOINT_URL is "${shown(endpoint)}". Set it to a URL such as http://127.0.0.1:4566.`,
    )
  return { protocol: url.protocol, host: url.host, path: url.pathname.replace(/\/+$/, '') }
}

import { JobError, shown } from '../job-error.mjs'
import { readBody, textOf } from './xml.mjs'

const RETRYABLE_CODES = new Set(['RequestTimeout', 'SlowDown', 'InternalError', 'ServiceUnavailable'])

/** S3 refused a request. The message names the object, the answer and the mend. */
export class S3Error extends JobError {
  /** @override @type {string} */
  name = 'S3Error'

  /**
   * @param {string} message
   * @param {boolean} retryable whether the same request may be answered otherwise later
   */
  constructor(message, retryable) {
    super(message)
    this.retryable = retryable
  }
}

/**
 * Reads S3's refusal.
 *
 * @param {import('node:http').IncomingMessage} response
 * @param {string} method
 * @param {string} uri
 */
export async function readS3Error(response, method, uri) {
  const status = response.statusCode ?? 0
  const body = await readBody(response)
  const code = textOf(body, 'Code') ?? 'no code'
  const message = textOf(body, 'Message') ?? 'no message'
  const retryable = status >= 500 || status === 429 || RETRYABLE_CODES.has(code)
  const answer = `${status} ${shown(code)} (${shown(message)})`
  return new S3Error(`${shown(uri)}: ${answer}. ${mend(status, code, method)}`, retryable)
}

/**
 * @param {number} status
 * @param {string} code
 * @param {string} method
 */
function mend(status, code, method) {
  if (code === 'NoSuchBucket') return 'Is the name of the bucket right?'
  if (status === 404) return 'Is the key right, and has the job before this one written it?'
  if (status === 412) return 'It was overwritten while it was read: run the job again.'
  if (status === 403)
    return `May the job's role do s3:${method === 'PUT' ? 'PutObject' : 'GetObject and s3:ListBucket'} here?`
  if (status === 301 || status === 400) return 'Is AWS_REGION the region of the bucket?'
  return 'Try again later.'
}

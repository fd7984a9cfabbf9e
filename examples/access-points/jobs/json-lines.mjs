import { JobError, shown } from './job-error.mjs'
import { linesOf } from './lines.mjs'

/**
 * Reads what another job of the run has written, one JSON value per line.
 *
 * @template T
 * @param {import('./s3.mjs').S3} s3
 * @param {string} uri
 * @returns {AsyncGenerator<T>}
 * @throws {JobError} at a line that is no JSON
 */
export async function* readJsonLines(s3, uri) {
  for await (const line of linesOf(s3.get(uri))) {
    if (line.type === 'unreadable') throw new JobError(damaged(uri, line.number))
    yield parse(line.text, uri, line.number)
  }
}

/**
 * Reads a small JSON document of the run as a whole.
 *
 * @template T
 * @param {import('./s3.mjs').S3} s3
 * @param {string} uri
 * @returns {Promise<T>}
 * @throws {JobError} if it is no JSON
 */
export async function readJson(s3, uri) {
  const chunks = []
  for await (const chunk of s3.get(uri)) chunks.push(chunk)
  return parse(Buffer.concat(chunks).toString(), uri, 1)
}

/**
 * Writes one JSON value per line.
 *
 * @param {import('./s3.mjs').S3} s3
 * @param {string} uri
 * @param {Iterable<unknown> | AsyncIterable<unknown>} values
 */
export async function writeJsonLines(s3, uri, values) {
  await s3.put(uri, asLines(values), 'application/x-ndjson')
}

/**
 * Writes a small JSON document, indented for readers.
 *
 * @param {import('./s3.mjs').S3} s3
 * @param {string} uri
 * @param {unknown} value
 */
export async function writeJson(s3, uri, value) {
  await s3.put(uri, [`${JSON.stringify(value, undefined, 2)}\n`], 'application/json')
}

/** @param {Iterable<unknown> | AsyncIterable<unknown>} values */
async function* asLines(values) {
  for await (const value of values) yield `${JSON.stringify(value)}\n`
}

/**
 * @param {string} text
 * @param {string} uri
 * @param {number} number
 */
function parse(text, uri, number) {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new JobError(damaged(uri, number), { cause })
  }
}

/**
 * @param {string} uri
 * @param {number} number
 */
function damaged(uri, number) {
  return `${shown(uri)} line ${number}: not JSON. Something else wrote there: run the job that makes it again.`
}

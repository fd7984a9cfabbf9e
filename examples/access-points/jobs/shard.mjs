import { byText } from './by-text.mjs'
import { JobError, shown } from './job-error.mjs'

/**
 * Which shard a name belongs to: FNV-1a, 32 bits, so that every child comes to the same answer.
 *
 * @param {string} name
 * @param {number} size how many shards there are
 * @see http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function shardOf(name, size) {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0) % size
}

/**
 * @param {string} output
 * @param {number} index
 * @param {number} size
 */
export function shardUri(output, index, size) {
  return `${output}/visitors/shard-${index}-of-${size}.jsonl`
}

/**
 * Finds the shards of the visitors job and sees that all are there: a missing one would be a wrong sum.
 *
 * @param {import('./s3.mjs').S3} s3
 * @param {string} output
 * @returns {Promise<readonly string[]>} their URIs
 * @throws {JobError} if one is missing, or they belong to arrays of different sizes
 */
export async function findShards(s3, output) {
  /** @type {string[]} */
  const found = []
  for await (const uri of s3.list(`${output}/visitors/`)) found.push(uri)
  const size = Number(/-of-(\d+)\.jsonl$/.exec(found[0] ?? '')?.[1] ?? 0)
  const wanted = Array.from({ length: size }, (_, index) => shardUri(output, index, size))
  const foreign = found.find(uri => !wanted.includes(uri))
  if (foreign !== undefined)
    throw new JobError(
      `${shown(foreign)} does not belong to the other shards. Delete it, or start a new run.`,
    )
  const missing = wanted.find(uri => !found.includes(uri))
  if (size === 0 || missing !== undefined)
    throw new JobError(`${shown(missing ?? `${output}/visitors/`)} is missing. Run the visitors job again.`)
  return wanted.sort(byText)
}

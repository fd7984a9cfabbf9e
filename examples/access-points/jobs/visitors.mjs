/**
 * Job B, an array: counts visitors by access point and hour. Each child takes the access points whose hash falls to
 * its index and writes its shard. The clients' addresses stay in it, for one client may be seen by several access
 * points of a floor and is one visitor there.
 */
import { byText } from './by-text.mjs'
import { hourOf } from './hour.mjs'
import { JobError, shown } from './job-error.mjs'
import { readJsonLines, writeJsonLines } from './json-lines.mjs'
import { runJob } from './run-job.mjs'
import { shardOf, shardUri } from './shard.mjs'

/** @typedef {{ readonly apMac: string, readonly hour: string, readonly observations: number, readonly clients: readonly string[] }} ApHour */
/** @typedef {import('./record.mjs').AccessPointRecord} AccessPointRecord */

await runJob('visitors', async ({ s3, output, env }) => {
  // Batch sets both in the children of an array only: by itself the job does all.
  const size = readCount(env, 'AWS_BATCH_JOB_ARRAY_SIZE', 1)
  const index = readCount(env, 'AWS_BATCH_JOB_ARRAY_INDEX', 0)
  if (index >= size)
    throw new JobError(`AWS_BATCH_JOB_ARRAY_INDEX ${index} does not fit an array of ${size}.`)
  /** @type {AsyncIterable<AccessPointRecord>} */
  const records = readJsonLines(s3, `${output}/clean.jsonl`)
  const rows = await countVisitors(records, apMac => shardOf(apMac, size) === index)
  await writeJsonLines(s3, shardUri(output, index, size), rows)
  return `shard ${index} of ${size} has ${rows.length} rows`
})

/**
 * @param {AsyncIterable<AccessPointRecord>} records
 * @param {(apMac: string) => boolean} isMine
 * @returns {Promise<ApHour[]>} sorted by access point and hour
 */
async function countVisitors(records, isMine) {
  /** @type {Map<string, { apMac: string, hour: string, observations: number, clients: Set<string> }>} */
  const cells = new Map()
  for await (const { apMac, observations } of records) {
    if (!isMine(apMac)) continue
    for (const { clientMac, seenEpoch } of observations) {
      const hour = hourOf(seenEpoch)
      const name = `${apMac} ${hour}`
      const cell = cells.get(name) ?? { apMac, hour, observations: 0, clients: new Set() }
      cell.observations += 1
      cell.clients.add(clientMac)
      cells.set(name, cell)
    }
  }
  const sorted = [...cells].sort(([a], [b]) => byText(a, b))
  return sorted.map(([, cell]) => ({ ...cell, clients: [...cell.clients].sort() }))
}

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} name
 * @param {number} otherwise
 */
function readCount(env, name, otherwise) {
  const text = env[name]
  if (text === undefined) return otherwise
  if (!/^\d{1,5}$/.test(text))
    throw new JobError(`${name} is "${shown(text)}". Batch sets a number from 0 on.`)
  return Number(text)
}

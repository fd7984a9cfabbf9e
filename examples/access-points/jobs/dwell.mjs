/**
 * Job C: how long clients stayed. A client's observations, whatever access point made them, are one visit until
 * nothing is heard for the gap. Writes dwell.jsonl (a visit per line) and dwell-report.json.
 */
import { byText } from './by-text.mjs'
import { JobError, shown } from './job-error.mjs'
import { readJson, readJsonLines, writeJson, writeJsonLines } from './json-lines.mjs'
import { runJob } from './run-job.mjs'
import { visitsOf } from './visit.mjs'

/** @typedef {import('./visit.mjs').Sighting} Sighting */
/** @typedef {{ readonly gapMinutes: number, readonly clients: number, readonly visits: number }} DwellReport */

await runJob('dwell', async ({ s3, output, args }) => {
  const gapMinutes = readGap(args)
  /** @type {readonly import('./cleaning.mjs').AccessPoint[]} */
  const accessPoints = await readJson(s3, `${output}/access-points.json`)
  const floors = new Map(accessPoints.map(({ apMac, floors }) => [apMac, floors]))
  /** @type {AsyncIterable<import('./record.mjs').AccessPointRecord>} */
  const records = readJsonLines(s3, `${output}/clean.jsonl`)
  const sightings = await gatherSightings(records)
  const clients = [...sightings].sort(([a], [b]) => byText(a, b))
  const visits = clients.flatMap(([clientMac, seen]) =>
    visitsOf(seen, gapMinutes * 60, apMac => floors.get(apMac) ?? []).map(visit => ({ clientMac, ...visit })),
  )
  await writeJsonLines(s3, `${output}/dwell.jsonl`, visits)
  /** @type {DwellReport} */
  const report = { gapMinutes, clients: clients.length, visits: visits.length }
  await writeJson(s3, `${output}/dwell-report.json`, report)
  return `${visits.length} visits of ${clients.length} clients, split at ${gapMinutes} minutes`
})

/**
 * @param {AsyncIterable<import('./record.mjs').AccessPointRecord>} records
 * @returns {Promise<Map<string, Sighting[]>>} by client
 */
async function gatherSightings(records) {
  /** @type {Map<string, Sighting[]>} */
  const byClient = new Map()
  for await (const { apMac, observations } of records) {
    for (const { clientMac, seenEpoch } of observations) {
      const seen = byClient.get(clientMac)
      if (seen === undefined) byClient.set(clientMac, [{ seenEpoch, apMac }])
      else seen.push({ seenEpoch, apMac })
    }
  }
  return byClient
}

/** @param {readonly string[]} args */
function readGap(args) {
  const [name, text = ''] = args
  const minutes = Number(text)
  if (name === '--gap-minutes' && text.trim() !== '' && minutes > 0 && Number.isFinite(minutes))
    return minutes
  const given = shown(args.join(' '))
  throw new JobError(`expected --gap-minutes and a number above 0, got "${given}". Say --gap-minutes 30.`)
}

/**
 * Job D: joins the shards of the visitors job with the access points' floors and tags, to one row per floor and hour:
 * floor-hours.jsonl. An access point on two floors counts on both.
 */
import { byText } from './by-text.mjs'
import { readJson, readJsonLines, writeJsonLines } from './json-lines.mjs'
import { runJob } from './run-job.mjs'
import { findShards } from './shard.mjs'

/** @typedef {import('./cleaning.mjs').AccessPoint} AccessPoint */
/** @typedef {import('./visitors.mjs').ApHour} ApHour */
/** @typedef {{ floor: string, hour: string, clients: Set<string>, observations: number, accessPoints: Set<string>, tags: Set<string> }} Cell */
/**
 * @typedef {object} FloorHour
 * @property {string} floor
 * @property {string} hour UTC
 * @property {number} visitors different clients
 * @property {number} observations
 * @property {number} accessPoints that saw one
 * @property {readonly string[]} tags of these access points
 */

await runJob('join', async ({ s3, output }) => {
  /** @type {readonly AccessPoint[]} */
  const accessPoints = await readJson(s3, `${output}/access-points.json`)
  const byMac = new Map(accessPoints.map(accessPoint => [accessPoint.apMac, accessPoint]))
  /** @type {Map<string, Map<string, Cell>>} */
  const floors = new Map()
  for (const shard of await findShards(s3, output)) {
    /** @type {AsyncIterable<ApHour>} */
    const rows = readJsonLines(s3, shard)
    for await (const row of rows) addRow(floors, row, byMac.get(row.apMac))
  }
  const table = tableOf(floors)
  await writeJsonLines(s3, `${output}/floor-hours.jsonl`, table)
  return `${table.length} rows of ${floors.size} floors`
})

/**
 * @param {Map<string, Map<string, Cell>>} floors
 * @param {ApHour} row
 * @param {AccessPoint | undefined} accessPoint
 */
function addRow(floors, { apMac, hour, observations, clients }, accessPoint) {
  for (const floor of accessPoint?.floors ?? []) {
    const hours = floors.get(floor) ?? new Map()
    floors.set(floor, hours)
    /** @type {Cell} */
    const cell = hours.get(hour) ?? emptyCell(floor, hour)
    hours.set(hour, cell)
    cell.observations += observations
    cell.accessPoints.add(apMac)
    for (const client of clients) cell.clients.add(client)
    for (const tag of accessPoint?.tags ?? []) cell.tags.add(tag)
  }
}

/**
 * @param {string} floor
 * @param {string} hour
 * @returns {Cell}
 */
function emptyCell(floor, hour) {
  return { floor, hour, clients: new Set(), observations: 0, accessPoints: new Set(), tags: new Set() }
}

/**
 * @param {ReadonlyMap<string, ReadonlyMap<string, Cell>>} floors
 * @returns {readonly FloorHour[]} sorted by floor and hour
 */
function tableOf(floors) {
  const cells = [...floors.values()].flatMap(hours => [...hours.values()])
  const sorted = cells.sort((a, b) => byText(a.floor, b.floor) || byText(a.hour, b.hour))
  return sorted.map(({ floor, hour, clients, observations, accessPoints, tags }) => ({
    floor,
    hour,
    visitors: clients.size,
    observations,
    accessPoints: accessPoints.size,
    tags: [...tags].sort(byText),
  }))
}

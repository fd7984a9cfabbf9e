/** A job of its own, once a night: puts the reports of a day's files together. Writes day.json. */
import { byText } from './by-text.mjs'
import { JobError, shown } from './job-error.mjs'
import { readJson, writeJson } from './json-lines.mjs'
import { runJob } from './run-job.mjs'

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {{ floor: string, observations: number, busiestHour: string, busiestObservations: number }} FloorOfDay */
/**
 * @typedef {object} Day
 * @property {string} day as the folders of the input have it, UTC
 * @property {readonly string[]} inputs URIs of the files, sorted
 * @property {number} records
 * @property {number} brokenLines
 * @property {number} observations
 * @property {number} visits
 * @property {number} visitSeconds of all visits together
 * @property {readonly FloorOfDay[]} floors sorted by name
 */

const USAGE = 'node jobs/nightly.mjs s3://bucket/access-points/ 2026-03-02'

await runJob('nightly', async ({ s3, output, args }) => {
  const [prefix = '', day = ''] = args
  if (args.length !== 2 || !/^\d{4}-\d\d-\d\d$/.test(day))
    throw new JobError(`expected a prefix and a day, got ${shown(args.join(' '))}. Use it as: ${USAGE}`)
  const found = await dayOf(reportsOf(s3, prefix, day), day)
  await writeJson(s3, `${output}/day.json`, found)
  return `${output}/day.json sums up ${found.inputs.length} reports of ${day} with ${found.observations} observations`
})

/**
 * The reports of files that lie in the day's folders. Every report below the prefix is read: its own file says of which
 * day it is.
 *
 * @param {import('./s3.mjs').S3} s3
 * @param {string} prefix
 * @param {string} day
 * @returns {AsyncGenerator<Report>}
 */
async function* reportsOf(s3, prefix, day) {
  const folder = `/${day.replaceAll('-', '/')}/`
  for await (const uri of s3.list(prefix)) {
    if (!uri.endsWith('/report.json')) continue
    /** @type {Report} */
    const report = await readJson(s3, uri)
    if (report.input.uri.includes(folder)) yield report
  }
}

/**
 * @param {AsyncIterable<Report>} reports
 * @param {string} day
 * @returns {Promise<Day>}
 */
async function dayOf(reports, day) {
  /** @type {string[]} */
  const inputs = []
  const sums = { records: 0, brokenLines: 0, observations: 0, visits: 0, visitSeconds: 0 }
  /** @type {Map<string, Map<string, number>>} observations by floor and hour */
  const floors = new Map()
  for await (const { input, visitors, dwell } of reports) {
    inputs.push(input.uri)
    sums.records += input.records
    sums.brokenLines += input.broken
    sums.observations += input.observations
    sums.visits += dwell.overall.visits
    sums.visitSeconds += dwell.overall.totalSeconds
    for (const { floor, hour, observations } of visitors) {
      const hours = floors.get(floor) ?? new Map()
      floors.set(floor, hours.set(hour, (hours.get(hour) ?? 0) + observations))
    }
  }
  const byFloor = [...floors].map(([floor, hours]) => floorOfDay(floor, hours))
  return { day, inputs: inputs.sort(), ...sums, floors: byFloor.sort((a, b) => byText(a.floor, b.floor)) }
}

/**
 * @param {string} floor
 * @param {ReadonlyMap<string, number>} hours
 * @returns {FloorOfDay} of equally busy hours the first
 */
function floorOfDay(floor, hours) {
  const sorted = [...hours].sort(([a, first], [b, second]) => second - first || byText(a, b))
  const [[busiestHour, busiestObservations] = ['', 0]] = sorted
  const observations = sorted.reduce((sum, [, count]) => sum + count, 0)
  return { floor, observations, busiestHour, busiestObservations }
}

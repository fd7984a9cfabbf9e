/** Job E: exact quantiles of how long visits took, overall and by floor: quantiles.json. */
import { byText } from './by-text.mjs'
import { DEFINITION, distributionOf } from './distribution.mjs'
import { readJson, readJsonLines, writeJson } from './json-lines.mjs'
import { runJob } from './run-job.mjs'

/** @typedef {import('./distribution.mjs').Distribution} Distribution */
/**
 * @typedef {object} Quantiles
 * @property {number} gapMinutes
 * @property {number} clients
 * @property {string} definition
 * @property {Distribution} overall
 * @property {readonly ({ readonly floor: string } & Distribution)[]} byFloor sorted by floor
 */

await runJob('quantiles', async ({ s3, output }) => {
  /** @type {import('./dwell.mjs').DwellReport} */
  const { gapMinutes, clients } = await readJson(s3, `${output}/dwell-report.json`)
  /** @type {AsyncIterable<import('./visit.mjs').Visit>} */
  const visits = readJsonLines(s3, `${output}/dwell.jsonl`)
  const floors = await secondsByFloor(visits)
  const byFloor = [...floors].map(([floor, seconds]) => ({ floor, ...distributionOf(seconds) }))
  const overall = distributionOf([...floors.values()].flat())
  /** @type {Quantiles} */
  const quantiles = {
    gapMinutes,
    clients,
    definition: DEFINITION,
    overall,
    byFloor: byFloor.sort((a, b) => byText(a.floor, b.floor)),
  }
  await writeJson(s3, `${output}/quantiles.json`, quantiles)
  return `half of ${overall.visits} visits took at most ${overall.p50 ?? 0} s`
})

/**
 * @param {AsyncIterable<import('./visit.mjs').Visit>} visits
 * @returns {Promise<Map<string, number[]>>}
 */
async function secondsByFloor(visits) {
  /** @type {Map<string, number[]>} */
  const floors = new Map()
  for await (const { floor, seconds } of visits) {
    const gathered = floors.get(floor)
    if (gathered === undefined) floors.set(floor, [seconds])
    else gathered.push(seconds)
  }
  return floors
}

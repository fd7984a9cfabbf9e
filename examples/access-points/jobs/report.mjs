/** Job F: puts the results together for people and programs: report.json, report.csv and report.svg. */
import { readJson, readJsonLines, writeJson } from './json-lines.mjs'
import { plotOf } from './plot/plot.mjs'
import { csvOf } from './report-csv.mjs'
import { onlyArgument, runJob } from './run-job.mjs'

/** @typedef {import('./join.mjs').FloorHour} FloorHour */
/** @typedef {import('./cleaning.mjs').CleanReport} CleanReport */
/**
 * @typedef {object} Report
 * @property {{ readonly uri: string } & CleanReport} input
 * @property {readonly FloorHour[]} visitors by floor and hour
 * @property {import('./quantiles.mjs').Quantiles} dwell
 */

await runJob('report', async ({ s3, output, args }) => {
  const uri = onlyArgument(args, 'node jobs/report.mjs s3://bucket/key')
  /** @type {FloorHour[]} */
  const visitors = []
  for await (const row of readJsonLines(s3, `${output}/floor-hours.jsonl`)) visitors.push(row)
  /** @type {CleanReport} */
  const clean = await readJson(s3, `${output}/clean-report.json`)
  /** @type {Report} */
  const report = { input: { uri, ...clean }, visitors, dwell: await readJson(s3, `${output}/quantiles.json`) }
  await writeJson(s3, `${output}/report.json`, report)
  await s3.put(`${output}/report.csv`, [csvOf(report)], 'text/csv; charset=utf-8')
  await s3.put(`${output}/report.svg`, [plotOf(report)], 'image/svg+xml')
  return `${output}/report.svg shows ${visitors.length} floor hours and ${report.dwell.overall.visits} visits`
})

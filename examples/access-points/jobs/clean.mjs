/**
 * Job A: reads the file that came, skips and counts broken lines, and writes what the other jobs need:
 * clean.jsonl (a record per line), access-points.json (floors and tags) and clean-report.json.
 */
import { cleaningOf } from './cleaning.mjs'
import { JobError, shown } from './job-error.mjs'
import { writeJson, writeJsonLines } from './json-lines.mjs'
import { linesOf } from './lines.mjs'
import { onlyArgument, runJob } from './run-job.mjs'

// Firehose takes records of up to 1,000 KiB.
const LONGEST_LINE = 1_048_576

await runJob('clean', async ({ s3, output, args, env }) => {
  const uri = onlyArgument(args, 'node jobs/clean.mjs s3://bucket/key')
  const cleaning = cleaningOf(onBroken(env['ON_BROKEN']))
  const lines = linesOf(s3.get(uri), LONGEST_LINE)
  await writeJsonLines(s3, `${output}/clean.jsonl`, cleaning.records(lines))
  await writeJson(s3, `${output}/access-points.json`, cleaning.accessPoints())
  const report = cleaning.report()
  await writeJson(s3, `${output}/clean-report.json`, report)
  for (const { line, reason } of report.brokenLines.slice(0, 10))
    console.error(`line ${line}: ${reason}, skipped`)
  return `${report.records} records of ${report.lines} lines kept, ${report.broken} broken ones skipped`
})

/**
 * @param {string | undefined} value
 * @returns {'skip' | 'fail'}
 */
function onBroken(value = 'skip') {
  if (value === 'skip' || value === 'fail') return value
  throw new JobError(`ON_BROKEN is "${shown(value)}". Set it to skip or to fail.`)
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { generate } from '../../examples/access-points/generate.mjs'
import { expectedReport } from '../examples/access-points/independent.ts'
import { type RunningLocal, startLocal } from './local.ts'

let local: RunningLocal
beforeAll(async () => {
  local = await startLocal('workflows/access-points.yaml')
})
afterAll(() => local.close())

const FOLDER = 'raw/2026/03/02/10/'
const FILES = [
  { key: `${FOLDER}plain.json`, seed: 1 },
  {
    key: `${FOLDER}$(touch pwned); "q'\u202e\${run.id} Ref::x <img src=x onerror=alert(1)> ü+%20\n.json`,
    seed: 2,
  },
  { key: `${FOLDER}delivered-twice.json`, seed: 3 },
]

it('makes of three uploads, one hostile and one delivered twice, three runs with the right reports', async () => {
  for (const { key, seed } of FILES) {
    await local.reader.s3.send(
      new PutObjectCommand({ Bucket: local.aws.stack['inputBucket'], Key: key, Body: fileOf(seed) }),
    )
  }
  await deliverAgain(FILES[2]?.key)
  const runs = await local.reader.ended('access-points', 3)
  expect(runs.map(({ run }) => run.status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED'])
  for (const { key, seed } of FILES) {
    const mine = runs.filter(({ run }) => run.trigger.values['key'] === key)
    expect(mine, key).toHaveLength(1)
    const [{ run, jobs } = { run: undefined, jobs: [] }] = mine
    const report = JSON.parse(
      await local.reader.text('batchwise-output', `access-points/${run?.runId}/report.json`),
    )
    const { definition: _text, ...dwell } = report.dwell
    expect({ visitors: report.visitors, dwell, records: report.input.records }).toMatchObject(numbersOf(seed))
    expect(jobs.map(({ job, submission, attempts }) => [job, submission, attempts]).sort()).toEqual(
      EACH_JOB_ONCE,
    )
    await local.aws.resultsExported()
    const exported = join(local.aws.results, 'access-points', run?.runId ?? '', 'report.json')
    expect(JSON.parse(await readFile(exported, 'utf8'))).toEqual(report)
  }
  expect(jobsStarted()).toBe(3 * 6)
  expect(local.problems).toEqual([])
})

const EACH_JOB_ONCE = [
  ['clean', 1, 1],
  ['dwell', 1, 1],
  ['join', 1, 1],
  ['quantiles', 1, 1],
  ['report', 1, 1],
  ['visitors', 1, 0],
]

function fileOf(seed: number): string {
  return [...generate({ seed, records: 300, brokenEvery: 50 })].map(line => `${line}\n`).join('')
}

function numbersOf(seed: number) {
  const { visitors, dwell, records } = expectedReport(fileOf(seed), 30)
  return { visitors, dwell, records }
}

/** At least once, says AWS: the same event again, byte for byte, as a second message. */
async function deliverAgain(key: string | undefined): Promise<void> {
  const event = local.events.find(
    ({ detail }) => (detail as { object?: { key?: string } }).object?.key === key,
  )
  const sqs = new SQSClient({ ...local.aws.target, useQueueUrlAsEndpoint: false })
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'object-created-queue' }))
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }))
  sqs.destroy()
}

/** Jobs, children of arrays left out, that Batch itself says it ran. */
function jobsStarted(): number {
  const ids = local.events
    .filter(event => event['detail-type'] === 'Batch Job State Change')
    .map(({ detail }) => String(detail['jobId']))
    .filter(jobId => !jobId.includes(':'))
  return new Set(ids).size
}

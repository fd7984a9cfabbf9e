import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchClient, DescribeJobsCommand, type JobDetail, SubmitJobCommand } from '@aws-sdk/client-batch'
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningLocal, startLocal } from './local.ts'

/** The page's own example, and an array of the same kind. */
const [, EXAMPLE = ''] = /```yaml\n(.*?)```/s.exec(readFileSync('docs/strict-fence.md', 'utf8')) ?? []
const ARRAY = `workflow: parts
triggers: [{ object: { bucket: "\${stack.inputBucket}", key: "parts/{name}" } }]
jobs:
  part: { image: tool, command: [batchwise-claim, echo, ran], array: 3, vcpu: 0.25, memory: 512MiB, timeout: 1m }
`

const folder = mkdtempSync(join(tmpdir(), 'batchwise-fence-'))
let local: RunningLocal
let batch: BatchClient
let logs: CloudWatchLogsClient
beforeAll(async () => {
  writeFileSync(join(folder, 'payouts.yaml'), EXAMPLE)
  writeFileSync(join(folder, 'parts.yaml'), ARRAY)
  local = await startLocal(folder)
  batch = new BatchClient(local.aws.target)
  logs = new CloudWatchLogsClient(local.aws.target)
})
afterAll(async () => {
  batch.destroy()
  logs.destroy()
  await local.close()
  rmSync(folder, { recursive: true, force: true })
})

it('runs the job that the run has recorded, and no other of its submission', async () => {
  const original = await jobOfRun('payouts', 'payouts/monday.csv')
  expect(await logOf(original.jobId)).toEqual([`paying what payouts/monday.csv says, as ${original.jobId}`])
  const duplicate = await again(original)
  expect(await ended(duplicate)).toBe('SUCCEEDED')
  expect(await logOf(duplicate)).toEqual([
    expect.stringContaining(`is the Batch job ${original.jobId}; this one`),
  ])
})

it('runs the children of the recorded array, and no others', async () => {
  const original = await jobOfRun('parts', 'parts/a')
  for (const index of [0, 1, 2]) expect(await logOf(`${original.jobId}:${index}`)).toEqual(['ran'])
  const duplicate = await again(original)
  expect(await ended(duplicate)).toBe('SUCCEEDED')
  for (const index of [0, 1, 2]) {
    expect(await logOf(`${duplicate}:${index}`)).toEqual([expect.stringContaining('not run: ')])
  }
})

async function jobOfRun(workflow: string, Key: string): Promise<JobDetail & { jobId: string }> {
  await local.reader.s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: 'x' }))
  const [stored] = await local.reader.ended(workflow, 1)
  expect(stored?.run.status).toBe('SUCCEEDED')
  const jobId = stored?.jobs[0]?.jobId ?? ''
  const job = await describe(jobId)
  // Of an array, only the children say what they were started with.
  return job.arrayProperties ? { ...(await describe(`${jobId}:0`)), ...job, jobId } : { ...job, jobId }
}

/** What a lost answer and a second call make of it: another job of the same name and kind. */
async function again({
  jobName,
  jobQueue,
  jobDefinition,
  container,
  arrayProperties,
}: JobDetail): Promise<string> {
  const environment = container?.environment?.filter(({ name }) => !name?.startsWith('AWS_'))
  const size = arrayProperties?.size
  const { jobId = '' } = await batch.send(
    new SubmitJobCommand({
      ...{ jobName, jobQueue, jobDefinition },
      containerOverrides: { command: container?.command, environment },
      ...(size !== undefined && { arrayProperties: { size } }),
    }),
  )
  return jobId
}

async function describe(jobId: string): Promise<JobDetail> {
  const { jobs: [job] = [] } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }))
  if (job === undefined) throw new Error(`Batch does not know ${jobId}.`)
  return job
}

async function ended(jobId: string): Promise<string | undefined> {
  for (;;) {
    const { status } = await describe(jobId)
    if (status === 'SUCCEEDED' || status === 'FAILED') return status
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

async function logOf(jobId: string): Promise<readonly (string | undefined)[]> {
  const { container } = await describe(jobId)
  const { events = [] } = await logs.send(
    new GetLogEventsCommand({ logGroupName: '/aws/batch/job', logStreamName: container?.logStreamName }),
  )
  // Local mode says first what it did not do for the image.
  return events.map(({ message }) => message).filter(line => !line?.startsWith('No container was used'))
}

import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { readWorkflowFiles } from '../../../src/deploy/workflow-files.ts'
import { startLocalAws } from '../../../src/local/local-aws.ts'
import { localStack } from '../../../src/local/stack/local-names.ts'
import { jobsOfBatch } from '../../end-to-end/batch-jobs.ts'
import { type Reader, readerOf } from '../../end-to-end/local.ts'
import { quotaUse } from '../../simulation/storm/quota-use.ts'

export interface LocalStorm {
  readonly uploads: number
  /** Seconds in which work waited, and the part of the quota that was used in them. */
  readonly seconds: number
  readonly used: number
  readonly wrongs: readonly string[]
}

/** SubmitJob calls a second. */
const QUOTA = 50
/** Work waits while so many are left: those may be waiting for their turn after a 429. */
const LAST = 2 * QUOTA
const AT_ONCE = 16
/** Few run at once and for long, so that the machine is left to the submissions. */
const WORKFLOW = `workflow: storm
triggers: [{ object: { bucket: "\${stack.inputBucket}", key: "storm/{name}" } }]
jobs:
  a: { image: none, command: [sleep, "0.3"], vcpu: 1, memory: 2GiB, timeout: 10m }
`

/** Many uploads at once into local mode, whose Batch takes 50 SubmitJob a second; in real time, over the wire. */
export async function localStorm(uploads: number): Promise<LocalStorm> {
  const folder = await mkdtemp(join(tmpdir(), 'batchwise-storm-'))
  const problems: string[] = []
  let ended = 0
  writeFileSync(join(folder, 'storm.yaml'), WORKFLOW)
  const aws = await startLocalAws({
    root: limitedRoot(folder),
    workflows: readWorkflowFiles([join(folder, 'storm.yaml')], Object.keys(localStack({})), false).workflows,
    folder: join(folder, 'data'),
    inbox: join(folder, 'inbox'),
    port: { port: 0, asked: true },
    onEvent: event => {
      if (event['detail-type'] === 'Batch Job State Change' && hasEnded(event.detail)) ended++
    },
    onProblem: problem => problems.push(problem),
  })
  const s3 = new S3Client({ ...aws.target, forcePathStyle: true })
  const reader = readerOf(aws.target.endpoint)
  try {
    await uploadAll(s3, uploads)
    // Looking takes this process's time: not before all is done.
    while (ended < uploads) await sleep(500)
    return { uploads, ...(await measured(reader, aws.target.endpoint, uploads, problems)) }
  } finally {
    reader.close()
    s3.destroy()
    await aws.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The stack of this repository, with AWS's limit switched on. */
function limitedRoot(folder: string): string {
  const root = join(folder, 'root')
  mkdirSync(root)
  for (const name of ['functions', 'bin']) symlinkSync(resolve(name), join(root, name))
  const text = readFileSync('serverless.yml', 'utf8')
  const limited = text.replace(/^ {4}local:$/m, `    local:\n      batch: { submitRate: ${QUOTA} }`)
  if (limited === text) throw new Error('serverless.yml has no `custom.batchwise.local` to put the limit in.')
  writeFileSync(join(root, 'serverless.yml'), limited)
  return root
}

function hasEnded(detail: unknown): boolean {
  const { status } = detail as { readonly status?: string }
  return status === 'SUCCEEDED' || status === 'FAILED'
}

async function uploadAll(s3: S3Client, count: number): Promise<void> {
  let next = 0
  const work = async () => {
    while (next < count) {
      const Key = `storm/${next++}`
      await s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: 'x' }))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

async function measured(
  reader: Reader,
  endpoint: string,
  uploads: number,
  problems: readonly string[],
): Promise<Omit<LocalStorm, 'uploads'>> {
  const runs = await reader.ended('storm', uploads)
  const batch = await jobsOfBatch(endpoint)
  const createdAt = new Map(runs.map(({ run }) => [run.runId, run.createdAt]))
  const jobs = batch.map(({ jobName = '', createdAt: submittedAt = 0 }) => {
    const readyAt = createdAt.get(jobName.split('_')[3] ?? '') ?? submittedAt
    return { readyAt, submittedAt }
  })
  const failed = runs.filter(({ run }) => run.status !== 'SUCCEEDED')
  return {
    ...quotaUse(jobs, QUOTA, LAST),
    wrongs: [
      ...problems,
      ...failed.map(({ run }) => `run ${run.runId} ended ${run.status}`),
      ...(runs.length === uploads ? [] : [`${runs.length} runs for ${uploads} uploads`]),
      ...(batch.length === uploads ? [] : [`${batch.length} jobs for ${uploads} runs of one`]),
    ],
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { authorization } from '../local/wire/raw.ts'
import { type RunningLocal, startLocal } from './local.ts'

const WORKFLOW = `workflow: spotty
triggers: [{ object: { bucket: "\${stack.inputBucket}", key: "in/{name}" } }]
defaults: { timeout: 1m }
jobs:
  long:
    image: tool
    command: [sh, -c, '[ "$AWS_BATCH_JQ_NAME" = on-demand ] || sleep 60']
    fallback: { afterSpot: 2, jobQueue: "\${stack.onDemandQueue}" }
    vcpu: 0.25
    memory: 512MiB
  after: { image: tool, command: ["true"], dependsOn: [long], vcpu: 0.25, memory: 512MiB }
`

const folder = mkdtempSync(join(tmpdir(), 'batchwise-fallback-'))
let local: RunningLocal
beforeAll(async () => {
  writeFileSync(join(folder, 'spotty.yaml'), WORKFLOW)
  local = await startLocal(folder)
})
afterAll(async () => {
  await local.close()
  rmSync(folder, { recursive: true, force: true })
})

it('takes a job that lost its machine twice to the other queue, and goes on', async () => {
  await local.reader.s3.send(
    new PutObjectCommand({ Bucket: local.aws.stack['inputBucket'], Key: 'in/a', Body: 'x' }),
  )
  for (const attempt of [1, 2]) {
    await runningTimes(attempt)
    await reclaim()
  }
  const [ended] = await local.reader.ended('spotty', 1)
  expect(ended?.run.status).toBe('SUCCEEDED')
  const long = ended?.jobs.find(({ job }) => job === 'long')
  expect(long).toMatchObject({ submission: 2, queue: 'on-demand', fallback: true, state: 'SUCCEEDED' })
  expect(long?.reclaimedBefore).toBeGreaterThan(0)
  expect(ended?.jobs.find(({ job }) => job === 'after')).toMatchObject({ submission: 1, state: 'SUCCEEDED' })
})

async function runningTimes(count: number): Promise<void> {
  const isRunning = (event: { readonly detail: object }) =>
    'status' in event.detail && event.detail.status === 'RUNNING'
  while (local.events.filter(event => isRunning({ detail: event.detail as object })).length < count)
    await new Promise(resolve => setTimeout(resolve, 20))
}

/** Spot takes back the machines of the default queue. */
async function reclaim(): Promise<void> {
  const answer = await fetch(`${local.aws.target.endpoint}/_batchwise/reclaimhost`, {
    method: 'POST',
    headers: { authorization: authorization('batch'), 'x-amz-date': '20261121T010203Z' },
    body: JSON.stringify({ computeEnvironment: 'local' }),
  })
  expect(answer.status).toBe(200)
}

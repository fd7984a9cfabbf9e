import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchClient, RegisterJobDefinitionCommand, TerminateJobCommand } from '@aws-sdk/client-batch'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { watcher } from '../../src/aws/service/watcher.ts'
import { sweep } from '../../src/service/sweep.ts'
import { type RunningLocal, startLocal } from './local.ts'

const WORKFLOW = `workflow: huge
triggers: [{ object: { bucket: "\${stack.inputBucket}", key: "in/{name}" } }]
jobs:
  align: { jobDefinition: tool, jobQueue: ec2-spot, vcpu: 512, memory: 1GiB, timeout: 1m }
`
const HOUR = 3_600_000

const folder = mkdtempSync(join(tmpdir(), 'batchwise-stuck-'))
let local: RunningLocal
let batch: BatchClient
beforeAll(async () => {
  writeFileSync(join(folder, 'huge.yaml'), WORKFLOW)
  local = await startLocal(folder)
  batch = new BatchClient(local.aws.target)
  await batch.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: 'tool',
      type: 'container',
      platformCapabilities: ['EC2'],
      containerProperties: {
        image: 'tool',
        command: ['true'],
        resourceRequirements: [
          { type: 'VCPU', value: '1' },
          { type: 'MEMORY', value: '2048' },
        ],
      },
    }),
  )
})
afterAll(async () => {
  batch.destroy()
  await local.close()
  rmSync(folder, { recursive: true, force: true })
})

it('tells of a job that is too large for every environment, in words, once', async () => {
  await local.reader.s3.send(
    new PutObjectCommand({ Bucket: local.aws.stack['inputBucket'], Key: 'in/a', Body: 'x' }),
  )
  const blocked = () => local.events.find(event => event['detail-type'] === 'Batch Job Queue Blocked')
  while (blocked() === undefined) await new Promise(resolve => setTimeout(resolve, 50))
  const later = (by: number) => ({
    ...watcher(),
    clock: { now: () => Date.now() + by, sleep: async () => {} },
  })
  await sweep(later(9 * 60_000))
  expect(outbox()).toEqual([])
  await sweep(later(HOUR))
  await sweep(later(HOUR + 120_000))
  const [run] = await local.reader.runs('huge')
  const [told, ...others] = outbox()
  expect(others).toEqual([])
  expect(told?.subject).toBe('huge stuck: queue ec2-spot [local]')
  expect(told?.messages.email.replace(/\s+/g, ' ')).toMatch(
    /^Job queue ec2-spot is stuck: no compute environment of the queue is large enough: it needs 512 vCPU, the largest has \d+\. /,
  )
  expect(told?.messages.email).toContain(`batchwise show ${run?.run.runId}\n`)
  await batch.send(new TerminateJobCommand({ jobId: run?.jobs[0]?.jobId, reason: 'enough' }))
  await local.reader.ended('huge', 1)
})

interface Told {
  readonly subject: string
  readonly messages: { readonly email: string; readonly sms: string }
}

function outbox(): readonly Told[] {
  const path = join(local.folder, 'data', 'outbox')
  try {
    const names = readdirSync(path).filter(name => name.endsWith('.json') && !name.startsWith('.'))
    return names.map(name => JSON.parse(readFileSync(join(path, name), 'utf8')))
  } catch {
    return [] // made with the first message
  }
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchClient, DescribeJobsCommand, ListJobsCommand } from '@aws-sdk/client-batch'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { clientTarget } from '../../src/aws/client-target.ts'
import { localCommand } from './command.ts'
import { type Reader, readerOf, type StoredRun } from './local.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-upgrade-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The first job waits for a file, so that the run is in flight for as long as the test wants. */
const workflow = (gate: string, second: string, word: string) => `
workflow: upgraded
chaining: event
triggers: [{ object: { bucket: "\${stack.inputBucket}", key: "in/{name}" } }]
defaults: { timeout: 5m, retry: { attempts: 3, on: [spot, hostLost] } }
jobs:
  first:
    image: "\${stack.repository}:access-points"
    command: [sh, -c, "until test -e ${gate}; do sleep 0.05; done"]
    vcpu: 0.25
    memory: 512
  ${second}:
    image: "\${stack.repository}:access-points"
    command: [echo, ${word}]
    vcpu: 0.25
    memory: 512
    dependsOn: [first]
`

it('lets a run in flight go on as it started when its workflow has changed', async () => {
  const gate = join(folder, 'gate')
  await withDeployed(workflow(gate, 'second', 'before'), async (reader, batch) => {
    await upload(reader, 'in/one')
    await running(batch)
  })
  await writeFile(gate, '')
  await withDeployed(workflow(gate, 'other', 'after'), async (reader, batch) => {
    const [old] = await reader.ended('upgraded', 1)
    expect(await told(batch, old)).toEqual({ status: 'SUCCEEDED', first: ['sh'], second: ['echo', 'before'] })
    await upload(reader, 'in/two')
    const runs = await reader.ended('upgraded', 2)
    const fresh = runs.find(({ run }) => run.runId !== old?.run.runId)
    expect(await told(batch, fresh)).toEqual({ status: 'SUCCEEDED', first: ['sh'], other: ['echo', 'after'] })
    expect(fresh?.run.definition).not.toBe(old?.run.definition)
  })
}, 60_000)

/** Deploys a workflow file to the local AWS of the test's folder, which goes on where it was. */
async function withDeployed(
  text: string,
  use: (reader: Reader, batch: BatchClient) => Promise<void>,
): Promise<void> {
  const workflows = join(folder, 'workflows')
  await mkdir(workflows, { recursive: true })
  await writeFile(join(workflows, 'upgraded.yaml'), text)
  const local = await localCommand(folder, ['--workflows', workflows])
  const reader = readerOf(local.endpoint)
  const batch = new BatchClient(clientTarget(local.endpoint, 'us-east-1'))
  try {
    await use(reader, batch)
  } finally {
    reader.close()
    batch.destroy()
    local.child.kill('SIGTERM')
    await local.ended()
  }
}

async function upload({ s3 }: Reader, Key: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: 'x' }))
}

/** Waits until a job runs. */
async function running(batch: BatchClient): Promise<void> {
  for (;;) {
    const { jobSummaryList = [] } = await batch.send(
      new ListJobsCommand({ jobQueue: 'default', jobStatus: 'RUNNING' }),
    )
    if (jobSummaryList.length > 0) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

/** How a run ended, and what its jobs ran: the beginning of a shell's command, all of another's. */
async function told(batch: BatchClient, stored: StoredRun | undefined): Promise<object> {
  const ids = stored?.jobs.flatMap(({ jobId }) => jobId ?? []) ?? []
  const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: ids }))
  const commands = jobs.map(({ jobName = '', container }) => {
    const [program = '', ...more] = container?.command ?? []
    return [jobName.split('_')[2], program === 'sh' ? [program] : [program, ...more]]
  })
  return { status: stored?.run.status, ...Object.fromEntries(commands) }
}

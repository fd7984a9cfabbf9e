import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchClient, ListJobsCommand } from '@aws-sdk/client-batch'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { generate } from '../../examples/access-points/generate.mjs'
import { clientTarget } from '../../src/aws/client-target.ts'
import { expectedReport } from '../examples/access-points/independent.ts'
import { localCommand } from './command.ts'
import { type Reader, readerOf, type StoredRun } from './local.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-kill-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const KEY = 'raw/2026/03/02/10/killed.json'
const FILE = [...generate({ seed: 7, records: 2_000, brokenEvery: 100 })].map(line => `${line}\n`).join('')

/** Each life of the process ends by SIGKILL when so many jobs have succeeded; the last one may live. */
it.each([[[1]], [[2, 4]], [[0, 1, 3, 5]]])(
  'goes on where it was when killed with %j jobs done',
  async kills => {
    let finished: StoredRun['jobs'] = []
    for (const done of kills) {
      finished = await withLocal(async (reader, kill) => {
        if (done === kills[0]) {
          await reader.s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key: KEY, Body: FILE }))
        }
        const jobs = await succeeded(reader, done)
        await kill()
        expectUnchanged(finished, jobs)
        return jobs
      })
    }
    await withLocal(async (reader, _kill, endpoint) => {
      const [stored] = await reader.ended('access-points', 1)
      expect(stored?.run.status).toBe('SUCCEEDED')
      expectUnchanged(finished, stored?.jobs ?? [])
      const report = JSON.parse(
        await reader.text('batchwise-output', `access-points/${stored?.run.runId}/report.json`),
      )
      expect(report.visitors).toEqual(expectedReport(FILE, 30).visitors)
      expect(await jobNames(endpoint)).toEqual(['clean', 'dwell', 'join', 'quantiles', 'report', 'visitors'])
    })
  },
  60_000,
)

async function withLocal<Result>(
  use: (reader: Reader, kill: () => Promise<unknown>, endpoint: string) => Promise<Result>,
): Promise<Result> {
  const local = await localCommand(folder)
  const reader = readerOf(local.endpoint)
  const kill = () => {
    local.child.kill('SIGKILL')
    return local.ended()
  }
  try {
    return await use(reader, kill, local.endpoint)
  } finally {
    reader.close()
    await kill()
  }
}

async function succeeded(reader: Reader, count: number): Promise<StoredRun['jobs']> {
  for (;;) {
    const [stored] = await reader.runs('access-points')
    const jobs = stored?.jobs.filter(({ state }) => state === 'SUCCEEDED') ?? []
    if (stored !== undefined && jobs.length >= count) return jobs
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** A job that had finished is not run again: its record is as it was. */
function expectUnchanged(before: StoredRun['jobs'], after: StoredRun['jobs']): void {
  for (const job of before) expect(after).toContainEqual(job)
}

/** Which jobs Batch has, by the names in their names: each must be there once. */
async function jobNames(endpoint: string): Promise<readonly string[]> {
  const batch = new BatchClient(clientTarget(endpoint, 'us-east-1'))
  const filters = [{ name: 'JOB_NAME', values: ['batchwise-local_*'] }]
  const { jobSummaryList = [] } = await batch.send(new ListJobsCommand({ jobQueue: 'default', filters }))
  batch.destroy()
  return jobSummaryList.map(({ jobName = '' }) => jobName.split('_')[2] ?? '').sort()
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DescribeJobsCommand } from '@aws-sdk/client-batch'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PROCESS_GROUP } from '../../../src/local/batch/run/isolation.ts'
import { findByEnvironment } from '../../../src/local/batch/run/process-tree.ts'
import { LocalBatch } from './local-batch.ts'
import { furnish, submit } from './local-batch-setup.ts'

type Jobs = Readonly<Record<'running' | 'retried' | 'queued' | 'array' | 'waiting', string>>

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batch-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a host until its jobs run, and kills it. */
async function killedHost(isolation: string): Promise<Jobs> {
  const program = fileURLToPath(new URL('./host.ts', import.meta.url))
  const host = spawn(process.execPath, [program, folder, isolation], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: host.stdout }), 'line')
  host.kill('SIGKILL')
  await once(host, 'exit')
  return JSON.parse(line)
}

it.each(['namespace', 'group'])(
  'goes on after SIGKILL with what was queued; what ran lost its host (%s)',
  async isolation => {
    const jobs = await killedHost(isolation)
    const killedAt = Date.now()
    await setTimeout(300)
    const local = await LocalBatch.open(isolation === 'group' ? { isolation: PROCESS_GROUP } : {}, folder)
    try {
      expect(findByEnvironment({ AWS_BATCH_JOB_ID: jobs.running })).toEqual([])
      const lost = /^Host EC2 \(instance i-[0-9a-f]{17}\) terminated\.$/
      const failed = await local.ended(jobs.running)
      expect(failed).toMatchObject({ status: 'FAILED', statusReason: expect.stringMatching(lost) })
      expect(failed.stoppedAt).toBeGreaterThanOrEqual(failed.startedAt ?? Number.POSITIVE_INFINITY)
      expect(failed.stoppedAt, 'downtime is no run time').toBeLessThanOrEqual(killedAt)
      expect(failed.attempts[0]?.['container']).not.toHaveProperty('exitCode')
      const retried = await local.ended(jobs.retried)
      expect(retried).toMatchObject({
        status: 'SUCCEEDED',
        attempts: [{ statusReason: expect.stringMatching(lost) }, {}],
      })
      expect(await local.ended(jobs.waiting)).toMatchObject({ status: 'SUCCEEDED' })
      expect(local.details(`${jobs.array}:2`).at(-1)).toMatchObject({ status: 'SUCCEEDED' })
      const { jobs: [queued] = [] } = await local.client.send(
        new DescribeJobsCommand({ jobs: [jobs.queued] }),
      )
      expect(queued).toMatchObject({ status: 'SUCCEEDED', tags: { who: 'me' } })
    } finally {
      await local.close()
    }
  },
)

it('remembers what had ended, and takes what ran at a stop for lost', async () => {
  const before = await LocalBatch.open({}, folder)
  await furnish(before)
  const done = await submit(before)
  await before.ended(done)
  const running = await submit(before, { containerOverrides: { command: ['sleep', '60'] } })
  await before.event(running, 'RUNNING')
  await before.close({ keep: true })
  expect(before.details(running).at(-1)?.status).toBe('RUNNING')

  const after = await LocalBatch.open({}, folder)
  const { jobs = [] } = await after.client.send(new DescribeJobsCommand({ jobs: [done, running] }))
  expect(jobs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED'])
  expect(jobs[0]?.attempts).toMatchObject([{ container: { exitCode: 0 } }])
  await after.close()
})

it('forgets ended jobs after their retention', async () => {
  let now = Date.now()
  const local = await LocalBatch.open({ now: () => now, retention: 1000 }, folder)
  await furnish(local)
  const old = await submit(local)
  await local.ended(old)
  now += 2000
  await local.ended(await submit(local))
  const { jobs } = await local.client.send(new DescribeJobsCommand({ jobs: [old] }))
  expect(jobs).toEqual([])
  await local.close()
})

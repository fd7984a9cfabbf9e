import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { clientTarget } from '../../../src/aws/client-target.ts'
import { jobsOfBatch } from '../../end-to-end/batch-jobs.ts'
import { batchwise } from '../../end-to-end/command.ts'
import { readerOf } from '../../end-to-end/local.ts'
import { createRandom } from '../../simulation/random.ts'
import { type Evidence, wrongs } from './check-marks.ts'
import { markingWorkflow, readMarks } from './marks.ts'

export interface KillOptions {
  readonly seed: number
  readonly kills: number
  readonly runs: number
  /** Of a job. */
  readonly seconds: number
  /** The longest time between the process being ready and its death, in milliseconds. */
  readonly longestLife: number
}

export interface KillReport {
  readonly wrongs: readonly string[]
  readonly runs: number
  readonly jobs: number
  /** Attempts that a kill ended, and those that had ended by themselves when it came. */
  readonly lostAttempts: number
  readonly unrecordedEnds: number
  /** Kills before the process had come up. */
  readonly early: number
  /** Milliseconds from the last start to the end of the last run. */
  readonly settledIn: number
}

/** In which all that it had started ends with it, in milliseconds. */
const DYING = 10_000
/** Every so many kills the process is not even let come up. */
const EARLY = 6

/**
 * Kills local mode at random moments, again and again, while objects are uploaded and jobs run, and lets it finish at
 * the end. The jobs leave marks, so that what really ran is compared with what is recorded.
 */
export async function killUnderLoad(options: KillOptions): Promise<KillReport> {
  const folder = await mkdtemp(join(tmpdir(), 'batchwise-kills-'))
  try {
    return await killIn(folder, options)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function killIn(folder: string, options: KillOptions): Promise<KillReport> {
  const { seed, kills, runs, longestLife } = options
  const random = createRandom(seed, 0)
  const marks = join(folder, 'marks')
  await writeFile(marks, '')
  await writeFile(join(folder, 'marks.yaml'), markingWorkflow(marks, options.seconds))
  const uploads = { left: runs, sure: [] as string[], unsure: [] as string[] }
  const killedAt: number[] = []
  const survivors: string[] = []
  let early = 0
  for (let kill = 1; kill <= kills; kill++) {
    const life = startLife(folder)
    if (kill % EARLY === 0) {
      early++
      await sleep(random.next() * 1000)
    } else {
      const endpoint = await life.ready()
      const share = Math.ceil(uploads.left / (kills - kill + 1))
      await Promise.all([upload(endpoint, uploads, share), sleep(random.next() * longestLife)])
    }
    killedAt.push(Date.now())
    if (await life.kill()) survivors.push(`something lives on after kill ${kill}`)
  }
  const report = await finish(folder, marks, uploads, killedAt, early)
  return { ...report, wrongs: [...survivors, ...report.wrongs] }
}

async function finish(
  folder: string,
  marks: string,
  uploads: Uploads,
  kills: readonly number[],
  early: number,
): Promise<KillReport> {
  const life = startLife(folder)
  const endpoint = await life.ready()
  const begun = performance.now()
  const reader = readerOf(endpoint)
  try {
    await upload(endpoint, uploads, uploads.left)
    const runs = await reader.ended('marks', uploads.sure.length)
    const settledIn = performance.now() - begun
    const batch = await jobsOfBatch(endpoint)
    const evidence: Evidence = { runs, batch, marks: readMarks(marks), kills, uploads }
    const lost = batch.reduce((sum, { attempts = [] }) => sum + attempts.length - 1, 0)
    const done = evidence.marks.filter(({ what }) => what === 'done').length
    return {
      wrongs: wrongs(evidence),
      ...{ runs: runs.length, jobs: batch.length, early, settledIn },
      ...{ lostAttempts: lost, unrecordedEnds: done - batch.length },
    }
  } finally {
    reader.close()
    await life.kill()
  }
}

function startLife(folder: string) {
  const places = ['--port', '0', '--data', join(folder, 'data'), '--inbox', join(folder, 'inbox')]
  const command = batchwise(['local', '--workflows', folder, ...places])
  return {
    async ready(): Promise<string> {
      const [, endpoint = ''] = await command.printed(/Local AWS on (http:\/\/127\.0\.0\.1:\d+)/)
      return endpoint
    },
    /** True if a process that it had started holds on to its output. */
    async kill(): Promise<boolean> {
      const closed = once(command.child, 'close').then(() => false)
      command.child.kill('SIGKILL')
      await command.ended()
      return Promise.race([closed, sleep(DYING, true, { ref: false })])
    },
  }
}

interface Uploads {
  left: number
  readonly sure: string[]
  readonly unsure: string[]
}

/** Uploads some more, each under a key of its own; whose answer is lost in a kill may have arrived or not. */
async function upload(endpoint: string, uploads: Uploads, count: number): Promise<void> {
  // One try: an upload that is sent again, for its answer was lost, is another upload.
  const s3 = new S3Client({ ...clientTarget(endpoint, 'us-east-1'), forcePathStyle: true, maxAttempts: 1 })
  for (let number = 0; number < count; number++) {
    const Key = `marks/${uploads.sure.length + uploads.unsure.length}`
    try {
      await s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: 'x' }))
      uploads.sure.push(Key)
      uploads.left--
    } catch {
      uploads.unsure.push(Key)
    }
  }
  s3.destroy()
}

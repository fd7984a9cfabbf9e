import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { JobRecord } from '../../../src/core/run/job-record.ts'
import { isFinalRun, type Run } from '../../../src/core/run/run.ts'
import { profileNamed } from '../profile.ts'
import { simulate } from '../simulate.ts'
import { type History, historyOf } from './history.ts'

/** States in which a run may be when another version takes over. */
const SHOWS: Readonly<Record<string, (run: Run, jobs: readonly JobRecord[]) => boolean>> = {
  'nothing-claimed': (run, jobs) => run.status === 'RUNNING' && jobs.length === 0,
  claimed: (run, jobs) => isLive(run) && jobs.some(({ state }) => state === 'CLAIMED'),
  ambiguous: (_run, jobs) => jobs.some(({ ambiguous }) => ambiguous === true),
  'taken-over': (run, jobs) =>
    isLive(run) && jobs.some(({ state, relist }) => state === 'CLAIMED' && relist !== undefined),
  'given-back': (run, jobs) => isLive(run) && jobs.some(({ state }) => state === 'WAITING'),
  throttled: (run, jobs) =>
    isLive(run) && jobs.some(({ state, retryAt }) => state === 'WAITING' && retryAt !== undefined),
  submitted: (run, jobs) => jobs.length > 2 && run.status === 'RUNNING' && jobs.every(isSubmitted),
  'half-done': (run, jobs) =>
    run.status === 'RUNNING' && jobs.some(isSubmitted) && jobs.some(({ state }) => state === 'SUCCEEDED'),
  'event-only': (run, jobs) => isLive(run) && jobs.some(({ eventOnly }) => eventOnly === true),
  refused: (run, jobs) =>
    run.status === 'RUNNING' && jobs.some(({ state, jobId }) => state === 'FAILED' && jobId === undefined),
  cancelling: (run, jobs) => run.status === 'CANCELLING' && jobs.some(isSubmitted),
  'alert-pending': run =>
    isFinalRun(run.status) && Object.values(run.alerts).some(({ state }) => state === 'pending'),
  'look-owed': (run, jobs) => isFinalRun(run.status) && jobs.some(({ relist }) => relist !== undefined),
  'second-epoch': (run, jobs) => run.epoch === 2 && isLive(run) && jobs.some(({ epoch }) => epoch === 2),
  'retried-alert-pending': run =>
    isLive(run) && run.epoch > 1 && Object.values(run.alerts).some(({ state }) => state === 'pending'),
}

const { values } = parseArgs({
  options: { version: { type: 'string' }, folder: { type: 'string', default: 'test/fixtures/runs' } },
})
if (values.version === undefined) {
  console.error('Which version are the runs of? node test/simulation/golden/capture.ts --version 0.1.0')
  process.exitCode = 2
} else await capture(`${values.folder}/${values.version}`)

/** Writes one small run for each state, as the current code leaves it, into a folder of its version. */
async function capture(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const missing = new Map(Object.entries(SHOWS))
  for (let seed = 1; missing.size > 0 && seed < 5_000; seed++) {
    for (const history of await historiesIn(seed, missing)) {
      if (!missing.delete(history.shows)) continue
      const text = JSON.stringify(history, null, 1)
      // Jobs of the simulation that reads it must not get the same ids.
      writeFileSync(`${folder}/${history.shows}.json`, `${text.replaceAll('batch-', 'earlier-')}\n`)
    }
  }
  for (const name of missing.keys()) console.error(`No run shows "${name}".`)
}

async function historiesIn(
  seed: number,
  missing: ReadonlyMap<string, (run: Run, jobs: readonly JobRecord[]) => boolean>,
): Promise<readonly History[]> {
  const found = new Map<string, History>()
  await simulate({
    seed,
    profile: { ...profileNamed('storm'), jobs: 4 },
    watch(world, runId) {
      const run = world.store.readRun(runId)
      for (const [name, shows] of missing) {
        if (run === undefined || found.has(name) || !shows(run, world.store.readJobs(runId))) continue
        const history = historyOf(world, runId, name)
        if (history !== undefined) found.set(name, history)
      }
    },
  })
  return [...found.values()]
}

function isLive({ status }: Run): boolean {
  return !isFinalRun(status)
}

function isSubmitted({ state }: JobRecord): boolean {
  return state === 'SUBMITTED'
}

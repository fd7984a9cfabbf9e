import { randomUUID } from 'node:crypto'
import type { Effect } from '../src/local/batch/engine/effect.ts'
import { Engine } from '../src/local/batch/engine/engine.ts'
import type { Job, JobSpec } from '../src/local/batch/engine/job.ts'
import type { Result, Row } from './result.ts'
import { measured, timed } from './spread.ts'

const EVENTS = 1000
const SHARES = 100
const ROUNDS = { warmUp: 3, count: 11 }
/** A cost that grew with the number of jobs would be 100 times as much; caches and the collector are let have this. */
const MOST_GROWTH = 3

/** What the scheduler of the local Batch takes for 1,000 ends of jobs, each with the next start and a new submission. */
export async function scheduleBench(): Promise<Result> {
  return { rows: [...(await table('first in, first out', 1)), ...(await table('fair share', SHARES))] }
}

async function table(kind: string, shares: number): Promise<readonly Row[]> {
  const few = await row(kind, 1000, shares)
  const target = few.measured.median * MOST_GROWTH
  const more = []
  for (const queued of [10_000, 100_000])
    more.push({ ...(await row(kind, queued, shares)), target: Math.round(target) })
  return [few, ...more]
}

async function row(kind: string, queued: number, shares: number): Promise<Row> {
  const queue = new BusyQueue(queued, shares)
  const spread = await measured(ROUNDS, () =>
    timed(() => {
      for (let event = 0; event < EVENTS; event += 1) queue.endOneAndSubmitOne()
    }),
  )
  const name = `${EVENTS.toLocaleString('en')} scheduling events, ${queued.toLocaleString('en')} queued, ${kind}`
  return { name, unit: 'ms', measured: spread }
}

/** An engine that is full, with so many jobs behind those that run. */
class BusyQueue {
  readonly #engine = new Engine(randomUUID)
  readonly #running: Job[] = []
  readonly #shares: number
  #submitted = 0
  #now = 0

  constructor(queued: number, shares: number) {
    this.#shares = shares
    const fairShare = { window: 600_000, reservation: 0, weights: [] }
    const settings = { name: 'main', priority: 1, environments: ['machine'] }
    this.#engine.setEnvironment('machine', true, { vcpus: 8, memory: 8, gpus: 0 }, 0)
    this.#engine.setQueue(shares > 1 ? { ...settings, fairShare } : settings, 0)
    for (let at = 0; at < queued + 8; at += 1) this.#engine.submit(this.#next())
    this.#keep(this.#engine.evaluate(0))
  }

  endOneAndSubmitOne(): void {
    this.#now += 1
    const job = this.#running.shift()
    if (job?.state.task === undefined) throw new Error('Nothing runs: the bench is broken.')
    const { task } = job.state
    this.#engine.attemptStarted(job, task, this.#now)
    this.#keep(this.#engine.attemptEnded(job, task, { exitCode: 0, statusReason: 'done' }, this.#now))
    this.#engine.submit(this.#next())
    this.#keep(this.#engine.evaluate(this.#now))
    this.#engine.forget(this.#now)
  }

  #keep(effects: readonly Effect[]): void {
    for (const effect of effects) if (effect.type === 'start') this.#running.push(effect.job)
  }

  #next(): JobSpec {
    this.#submitted += 1
    const share = { identifier: `s${this.#submitted % this.#shares}`, priority: this.#submitted % 7 }
    return {
      jobId: `j${this.#submitted}`,
      queue: 'main',
      createdAt: this.#now,
      resources: { vcpus: 1, memory: 1, gpus: 0 },
      retry: { attempts: 1, evaluateOnExit: [] },
      dependsOn: [],
      ...(this.#shares > 1 ? { share } : {}),
      submission: SUBMISSION,
    }
  }
}

const SUBMISSION = {
  ...{ jobName: 'bench', jobDefinition: 'bench:1', jobQueue: 'main', image: 'none', command: ['/bin/true'] },
  ...{ environment: [], resourceRequirements: [], container: {}, parameters: {} },
  ...{ platformCapabilities: ['EC2'], propagateTags: false },
}

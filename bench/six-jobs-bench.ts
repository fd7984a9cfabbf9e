import { probeIsolation } from '../src/local/batch/run/isolation.ts'
import { httpFloor } from './floor/http-floor.ts'
import { putFloor } from './floor/put-floor.ts'
import { spawnFloor } from './floor/spawn-floor.ts'
import type { Result } from './result.ts'
import { startSixJobs } from './six-jobs.ts'
import { spreadOf } from './spread.ts'
import { inTempFolder } from './temp-folder.ts'
import { type TimeSpent, timeSpent } from './time-spent.ts'
import { WireCalls } from './wire-calls.ts'

const ROUNDS = { warmUp: 15, count: 20 }
const TARGET = 120
/** Jobs on the longest way through the graph. */
const LONGEST_WAY = 4

/** How long a run of six jobs takes from the upload to SUCCEEDED, over the wire, and where the time goes. */
export async function sixJobsBench(root: string): Promise<Result> {
  const spawn = await spawnFloor([])
  const isolated = await spawnFloor(probeIsolation().prefix)
  const put = await putFloor(root)
  const http = await httpFloor()
  return inTempFolder(async folder => {
    const jobs = await startSixJobs(root, folder)
    const runs: Measured[] = []
    for (let round = 0; round < ROUNDS.warmUp + ROUNDS.count; round++) runs.push(await measure(jobs.run))
    const warm = runs.slice(ROUNDS.warmUp)
    const durations = spreadOf(warm.map(run => run.duration))
    const calls = await callsOf(jobs.run)
    const spent = await timeSpent(() => repeat(ROUNDS.count, jobs.run))
    await jobs.stop()
    const writes = countOf(calls, /^dynamodb (Put|Update|Delete)Item$/)
    const requests = countOf(calls, /./)
    const floor = LONGEST_WAY * isolated.median + writes * put.median
    return {
      rows: [
        {
          name: 'six jobs of /bin/true, upload to SUCCEEDED',
          unit: 'ms',
          target: TARGET,
          measured: durations,
          floor: { of: `${LONGEST_WAY} processes one after another and ${writes} writes`, value: floor },
        },
        {
          name: '  processor time of it, all threads',
          unit: 'ms',
          measured: spreadOf(warm.map(run => run.cpu)),
        },
        { name: '  one process, as jobs are started', unit: 'ms', measured: isolated },
        { name: '  one process, plain', unit: 'ms', measured: spawn },
        { name: '  one conditional write of the store', unit: 'ms', measured: put },
        { name: '  one empty request', unit: 'ms', measured: http },
      ],
      notes: [
        `One run of six jobs makes ${requests} requests: ${told(calls)}.`,
        `Its ${durations.median.toFixed(0)} ms by what the one thread does, from a profile: ${shares(spent, durations.median)}.`,
      ],
    }
  })
}

type Run = Awaited<ReturnType<typeof startSixJobs>>['run']

/** Milliseconds. */
interface Measured {
  readonly duration: number
  /** Of this process, until the table was looked at; on a busy machine it varies less than the duration. */
  readonly cpu: number
}

async function measure(run: Run): Promise<Measured> {
  const before = process.cpuUsage()
  const { startedAt, endedAt } = await run()
  const { user, system } = process.cpuUsage(before)
  return { duration: endedAt - startedAt, cpu: (user + system) / 1000 }
}

async function callsOf(run: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const calls = new WireCalls()
  calls.start()
  await run()
  return calls.stop()
}

async function repeat<T>(count: number, work: () => Promise<T>): Promise<readonly T[]> {
  const all: T[] = []
  for (let round = 0; round < count; round++) all.push(await work())
  return all
}

function countOf(calls: ReadonlyMap<string, number>, which: RegExp): number {
  return [...calls].reduce((sum, [call, count]) => sum + (which.test(call) ? count : 0), 0)
}

function told(calls: ReadonlyMap<string, number>): string {
  return [...calls].map(([call, count]) => `${count} ${call}`).join(', ')
}

/** A profiled run takes longer; its shares hold for one that is not. */
function shares(spent: TimeSpent, whole: number): string {
  const total = [...spent.values()].reduce((sum, each) => sum + each, 0)
  return [...spent].map(([kind, part]) => `${kind} ${((part / total) * whole).toFixed(1)}`).join(', ')
}

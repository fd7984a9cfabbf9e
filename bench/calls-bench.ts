import type { Result } from './result.ts'
import { startSixJobs } from './six-jobs.ts'
import { spreadOf } from './spread.ts'
import { inTempFolder } from './temp-folder.ts'
import { WireCalls } from './wire-calls.ts'

const RUNS = 10
const JOBS = 6
/** Start, then claim, submit, win and final status of each job, then finish. */
const LEAST = 1 + 4 * JOBS + 1

const KINDS = {
  submissions: /^batch submitjob$/i,
  polls: /^batch (list|describe)jobs$/i,
  writes: /^batch submitjob$|^dynamodb (Put|Update|Delete)Item$/i,
} as const

/** How often a run of six jobs asks AWS, over the wire. Reads are counted by the simulation: here the bench reads too. */
export function callsBench(root: string): Promise<Result> {
  return inTempFolder(async folder => {
    const jobs = await startSixJobs(root, folder)
    await jobs.run() // the definition is stored once, not once a run
    const runs: ReadonlyMap<string, number>[] = []
    for (let run = 0; run < RUNS; run++) {
      const calls = new WireCalls()
      calls.start()
      await jobs.run()
      runs.push(calls.stop())
    }
    await jobs.stop()
    const row = (name: string, kind: keyof typeof KINDS, target: number) => ({
      name,
      ...({ unit: 'calls', target } as const),
      measured: spreadOf(runs.map(calls => countOf(calls, KINDS[kind]))),
    })
    return {
      rows: [
        row('six jobs: SubmitJob', 'submissions', JOBS),
        row('  ListJobs and DescribeJobs', 'polls', 0),
        {
          ...row('  writes and submissions', 'writes', Math.floor(1.3 * LEAST)),
          floor: { of: 'start 1, per job 4, finish 1', value: LEAST },
        },
      ],
    }
  })
}

function countOf(calls: ReadonlyMap<string, number>, which: RegExp): number {
  return [...calls].reduce((sum, [call, count]) => sum + (which.test(call) ? count : 0), 0)
}

import { startSixJobs } from '../six-jobs.ts'
import { Requests } from './requests.ts'
import type { Counted } from './run-cost.ts'

const JOBS = 6

/** Runs the workflow of six jobs in local mode and counts what AWS would charge for. */
export async function countRuns(root: string, folder: string, runs: number): Promise<Counted> {
  let invocations = 0
  const jobs = await startSixJobs(root, folder, () => {
    invocations += 1
  })
  try {
    await jobs.run() // the definition is stored once, not once a run
    invocations = 0
    const requests = new Requests()
    requests.start()
    for (let run = 0; run < runs; run++) await jobs.run()
    return { runs, requests: requests.stop(), invocations, events: runs * (1 + JOBS) }
  } finally {
    await jobs.stop()
  }
}

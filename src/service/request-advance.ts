import type { Run } from '../core/run/run.ts'
import { advanceAtWrite } from '../core/run/run-writes.ts'
import type { Recorder } from './service.ts'

/** Runs of up to so many jobs are advanced after every change; bigger ones at most once an interval. */
export const SMALL_RUN = 50
const MILLISECONDS_PER_JOB = 2

/**
 * Asks for `advance` after a change: one message per run and interval, so that a thousand jobs ending together do not
 * load their run a thousand times. At least once; what is lost here the sweep asks for again.
 */
export async function requestAdvance(service: Recorder, run: Run, jobs: number): Promise<void> {
  const interval = jobs <= SMALL_RUN ? 0 : jobs * MILLISECONDS_PER_JOB
  if (interval === 0) return service.queue.send(run.runId)
  const now = service.clock.now()
  if (run.advanceAt !== undefined && run.advanceAt >= now) return
  const at = now + interval
  if (await service.store.write(advanceAtWrite(run, at, now))) {
    await service.queue.send(run.runId, Math.ceil(interval / 1000))
  }
}

import { isFinalRun, type Run } from '../../../src/core/run/run.ts'
import type { Invocation } from '../aws/lambda.ts'
import type { BatchJob } from '../batch/batch-job.ts'
import type { Scheduler } from '../scheduler.ts'
import { epochsOf } from './ledger.ts'
import type { Log } from './truth.ts'
import type { Observer, Report } from './watch.ts'

/** An event's way through bus, queue and two functions. */
const PROMPT = 10_000
const STOPPED_WITHIN = 60_000
const SWEEP_EVERY = 60_000

interface World extends Log {
  readonly scheduler: Scheduler
  readonly writer: () => Invocation | undefined
  readonly report: Report
}

/** Where nothing fails, nothing waits for the sweep: events alone move a run on, and a cancelled one is stopped. */
export function checkPromptness(world: World): Partial<Observer> {
  const { scheduler, ledger, report } = world
  const opened = new Map<string, number>()
  const swept = new Map<string, number>()
  return {
    wroteJob(before, { runId, job, state }) {
      const cancelledAt = ledger.cancelledAt.get(runId) ?? Number.POSITIVE_INFINITY
      const isClaim = state === 'CLAIMED' && before?.state !== 'CLAIMED'
      const isCancelling = world.store().readRun(runId)?.status === 'CANCELLING'
      if (isClaim && isCancelling && scheduler.now() > cancelledAt + PROMPT)
        report('a cancelled run claims nothing', `${job} of ${runId}`)
    },
    wroteRun(before, after) {
      const now = scheduler.now()
      const { runId } = after
      if (world.writer()?.functionName === 'sweep') checkSweep(after, now)
      if (!isFinalRun(after.status) && before?.status !== after.status) opened.set(runId, now)
      if (before === undefined || isFinalRun(before.status) || !isFinalRun(after.status)) return
      if (before.status === 'COLLECTING') return
      const jobs = jobsOf(world, after)
      const last = Math.max(opened.get(runId) ?? now, ...jobs.map(({ stoppedAt }) => stoppedAt ?? 0))
      if (now - last > PROMPT)
        report('a run ends with its last job', `run ${runId}, ${now - last} ms after it`)
      const cancelledAt = ledger.cancelledAt.get(runId) ?? now
      if (after.status === 'CANCELLED') checkStopped(report, jobs, cancelledAt)
    },
  }

  function checkSweep({ runId }: Run, now: number): void {
    if (now - (swept.get(runId) ?? 0) < SWEEP_EVERY / 2)
      report('of two sweeps one takes a run', `run ${runId} is swept twice`)
    swept.set(runId, now)
  }
}

function checkStopped(report: Report, jobs: readonly BatchJob[], cancelledAt: number): void {
  for (const { jobId, stoppedAt, statusReason, terminated } of jobs) {
    const livedOn = (stoppedAt ?? 0) > cancelledAt + STOPPED_WITHIN
    if (livedOn && terminated === undefined)
      report('a cancelled run stops its jobs', `${jobId} ran on: ${statusReason}`)
  }
}

function jobsOf({ batch, store, stack, ledger }: World, run: Run): readonly BatchJob[] {
  return store()
    .readJobs(run.runId)
    .flatMap(({ job }) =>
      [...epochsOf(ledger, run.runId, job).keys()].flatMap(submission =>
        batch().jobsNamed(`${stack}_${run.workflow}_${job}_${run.runId}_${submission}`),
      ),
    )
}

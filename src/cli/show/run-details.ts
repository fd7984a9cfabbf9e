import type { ArrayCounts, DescribedJob } from '../../aws/batch-reader.ts'
import { explainEnd, wasReclaimed } from '../../core/run/explain-end.ts'
import { type JobView, type Snapshot, viewJobs } from '../../core/run/job-view.ts'
import { mayGoOn } from '../../core/run/native-dependency.ts'
import { type FailedItems, failedItems, type Part } from '../../core/run/part.ts'
import type { Run } from '../../core/run/run.ts'
import { outputOf } from '../../core/run/submission-request.ts'

/** A job of a run as people see it: what is stored, and what Batch says of it now. Times in milliseconds. */
export interface JobDetails {
  readonly name: string
  /** WAITING, SKIPPED, or as Batch calls it. */
  readonly status: string
  readonly submission: number
  readonly jobId: string | undefined
  /** Ended attempts, and the running one. */
  readonly attempts: number
  readonly array: ArrayCounts | undefined
  /** Of an array that ended: counted over all its submissions. */
  readonly failedItems: FailedItems | undefined
  /** Of an array of which only failed items were submitted, or will be. */
  readonly part: Part | undefined
  readonly createdAt: number | undefined
  readonly startedAt: number | undefined
  readonly stoppedAt: number | undefined
  readonly exitCode: number | undefined
  /** Why it failed or waits, in words. */
  readonly why: string | undefined
  /** Batch's own words. */
  readonly statusReason: string | undefined
  readonly logStream: string | undefined
  readonly dependsOn: readonly string[]
  readonly view: JobView
}

export interface RunDetails {
  readonly run: Run
  readonly output: string
  readonly jobs: readonly JobDetails[]
}

/** Puts together what the table says of a run and what Batch says of its jobs. */
export function runDetails(snapshot: Snapshot, described: ReadonlyMap<string, DescribedJob>): RunDetails {
  const jobs = [...viewJobs(snapshot).values()].map(view =>
    jobDetails(view, described.get(view.record?.jobId ?? '')),
  )
  return { run: snapshot.run, output: outputOf(snapshot.run, snapshot.definition.outputBucket), jobs }
}

function jobDetails(view: JobView, live: DescribedJob | undefined): JobDetails {
  const { name, record, submission, job } = view
  // A record of an earlier submission tells nothing of the one to come.
  const own = record?.submission === submission ? record : undefined
  const told = own === undefined ? undefined : live
  const status = shownStatus(view, told)
  const statusReason = told?.statusReason ?? own?.statusReason
  const spoken = {
    statusReason,
    reason: told?.reason ?? own?.reason,
    exitCode: told?.exitCode ?? own?.exitCode,
  }
  return {
    name,
    status,
    submission,
    jobId: own?.jobId,
    attempts: attemptsOf(told) ?? own?.attempts ?? 0,
    array: told?.array ?? (own?.size === undefined ? undefined : { size: own.size, counts: {} }),
    failedItems: status === 'FAILED' && own !== undefined ? failedItems(own) : undefined,
    part: view.part,
    createdAt: told?.createdAt,
    startedAt: told?.startedAt ?? own?.startedAt,
    stoppedAt: told?.stoppedAt ?? own?.stoppedAt,
    exitCode: spoken.exitCode,
    why: needsReason(status) ? explainEnd(withoutUndefined(spoken)) : undefined,
    statusReason,
    logStream: told?.logStream ?? own?.logStream,
    dependsOn: job.dependsOn.map(dependency => dependency.job),
    view,
  }
}

function shownStatus({ state, record, job }: JobView, live: DescribedJob | undefined): string {
  if (state !== 'SUBMITTED') return state
  // Not yet recorded: whether that failure is tolerated, or the job goes on elsewhere, is decided then.
  if (live?.status === 'FAILED' && mayGoOn(job)) return 'RUNNING'
  const counts = live?.array?.counts
  // An array's parent is PENDING for its whole life; its children tell how far it is.
  if (counts !== undefined && live?.status === 'PENDING' && (counts.RUNNING ?? 0) > 0) return 'RUNNING'
  return live?.status ?? record?.batchStatus ?? state
}

function attemptsOf(live: DescribedJob | undefined): number | undefined {
  if (live === undefined) return undefined
  const runs = live.status === 'RUNNING' || live.status === 'STARTING'
  return live.attempts.length + (runs ? 1 : 0)
}

function needsReason(status: string): boolean {
  return status === 'FAILED' || status === 'LOST' || status === 'RUNNABLE'
}

function withoutUndefined<Value extends object>(
  value: Value,
): { [Name in keyof Value]?: Exclude<Value[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [Name in keyof Value]?: Exclude<Value[Name], undefined>
  }
}

/** Minutes of attempts whose machine was taken away: as recorded when they ended, and of jobs that go on as Batch knows them. */
export function reclaimedMinutes(
  jobs: readonly JobDetails[],
  described: ReadonlyMap<string, DescribedJob>,
): number {
  return (
    jobs.reduce((sum, { view, jobId }) => {
      const { reclaimed = 0, reclaimedBefore = 0 } = view.record ?? {}
      const known = Math.max(reclaimed, reclaimedTimeOf(described.get(jobId ?? '')?.attempts ?? []))
      return sum + reclaimedBefore + known
    }, 0) / 60_000
  )
}

function reclaimedTimeOf(attempts: DescribedJob['attempts']): number {
  let milliseconds = 0
  for (const { statusReason, startedAt, stoppedAt } of attempts) {
    if (wasReclaimed(statusReason) && startedAt !== undefined && stoppedAt !== undefined)
      milliseconds += Math.max(0, stoppedAt - startedAt)
  }
  return milliseconds
}

import type { JobChange } from '../core/run/job-change.ts'
import { isOfStepFunctions } from '../core/run/job-name.ts'
import type { JobRecord } from '../core/run/job-record.ts'
import { lostWrite, missedWrite } from '../core/run/job-writes.ts'
import type { Run } from '../core/run/run.ts'
import { sweptWrite } from '../core/run/run-writes.ts'
import { alertsOfRun, checkQueues } from './check-queues.ts'
import { checkSchedules } from './check-schedules.ts'
import { findSubmission } from './find-submission.ts'
import { recordChange } from './record-change.ts'
import type { Watcher } from './service.ts'
import { stopJob } from './stop-job.ts'

/** The next sweep but one finds the run again, should this one's message be lost. */
const PUSH = 60_000
/** A submitted job that was silent for so long is asked after. */
const QUIET = 5 * 60_000
const DESCRIBE_AT_ONCE = 100
/** A job is given up when so many answers in a row, over at least so long, did not know it. */
const MISSES = 3
const MISSED_FOR = 10 * 60_000

interface QuietJob {
  readonly run: Run
  readonly record: JobRecord
  readonly jobId: string
}

/**
 * Looks after every run that is due: asks for `advance`, and asks Batch for jobs that were silent too long, over all
 * runs together. What no event told is found here; no run is forgotten. Safe to run twice at once.
 */
export async function sweep(service: Watcher): Promise<void> {
  const due = await service.store.dueRuns(service.clock.now())
  const quiet: QuietJob[] = []
  for (const runId of due) quiet.push(...(await sweepRun(service, runId)))
  const waiting: QuietJob[] = []
  for (let start = 0; start < quiet.length; start += DESCRIBE_AT_ONCE) {
    waiting.push(...(await askAfter(service, quiet.slice(start, start + DESCRIBE_AT_ONCE))))
  }
  await checkSchedules(service)
  await checkQueues(service, waiting)
  service.log.record('swept', { due: due.length, quiet: quiet.length })
}

async function sweepRun(service: Watcher, runId: string): Promise<readonly QuietJob[]> {
  const now = service.clock.now()
  const stored = await service.store.load(runId)
  if (stored === undefined || stored.run.dueAt === undefined || stored.run.dueAt > now) return []
  const { run, jobs } = stored
  const quietAfter = Math.min(QUIET, alertsOfRun(service, run).stuckAfter * 1000)
  if (!(await service.store.write(sweptWrite(run, now + PUSH)))) return []
  await service.queue.send(runId)
  return jobs.flatMap(record => {
    const isQuiet = record.state === 'SUBMITTED' && now - record.updatedAt > quietAfter
    return isQuiet && record.jobId !== undefined ? [{ run, record, jobId: record.jobId }] : []
  })
}

/** @returns the jobs that wait for a machine */
async function askAfter(service: Watcher, quiet: readonly QuietJob[]): Promise<readonly QuietJob[]> {
  const inBatch = quiet.filter(({ jobId }) => !isOfStepFunctions(jobId))
  const jobIds = inBatch.map(({ jobId }) => jobId)
  const changes = jobIds.length === 0 ? [] : await service.batch.describe(jobIds)
  const known = new Map<string, JobChange>(changes.map(change => [change.jobId, change]))
  for (const job of inBatch) await recordOrMiss(service, job, known.get(job.jobId))
  for (const job of quiet) if (isOfStepFunctions(job.jobId)) await askAfterExecution(service, job)
  return inBatch.filter(({ record, jobId }) => mayWait(record, known.get(jobId)))
}

/** An array's parent is PENDING until its last child has ended, whether its children run or wait. */
function mayWait(record: JobRecord, change: JobChange | undefined): boolean {
  return change?.status === 'RUNNABLE' || (change?.status === 'PENDING' && record.size !== undefined)
}

/** Each is asked for by itself, and one that may not be asked for does not keep the others waiting. */
async function askAfterExecution(service: Watcher, job: QuietJob): Promise<void> {
  try {
    const execution = await service.stateMachines.describe(job.jobId)
    await recordOrMiss(service, job, execution?.change)
  } catch (error) {
    service.log.record('execution-unread', {
      runId: job.run.runId,
      job: job.record.job,
      reason: String(error),
    })
  }
}

async function recordOrMiss(service: Watcher, job: QuietJob, change: JobChange | undefined): Promise<void> {
  if (change !== undefined) await recordChange(service, change)
  else await miss(service, job)
}

/** Batch keeps a finished job for a day at least; one it does not know although it never ended is lost. */
async function miss(service: Watcher, { run, record, jobId }: QuietJob): Promise<void> {
  const now = service.clock.now()
  const enough = (record.misses ?? 0) + 1 >= MISSES && now - (record.missedSince ?? now) >= MISSED_FOR
  if (!enough || (await isListed(service, run, record))) {
    await service.store.write(missedWrite(record, now))
    return
  }
  const who = isOfStepFunctions(jobId) ? 'Step Functions' : 'AWS Batch'
  await stopJob(service, jobId, `Batchwise: ${who} does not know this job any more`)
  await service.store.write(lostWrite(record, `${who} does not know the job any more`, now))
  await service.queue.send(run.runId)
}

async function isListed(service: Watcher, run: Run, record: JobRecord): Promise<boolean> {
  const { job, submission, queue } = record
  const { stack } = service.settings
  const identity = { stack, workflow: run.workflow, job, runId: run.runId, submission }
  const found = await findSubmission(service, queue ?? '', identity)
  return found.some(listed => listed.jobId === record.jobId)
}

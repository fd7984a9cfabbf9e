import type { Definition } from '../../../src/core/run/definition.ts'
import { all, type ItemKey, jobKey, runKey } from '../../../src/core/run/item-write.ts'
import { jobNameOf } from '../../../src/core/run/job-name.ts'
import type { JobRecord } from '../../../src/core/run/job-record.ts'
import type { Run } from '../../../src/core/run/run.ts'
import { type BatchJob, hasEnded } from '../batch/batch-job.ts'
import type { StoredJob } from '../batch/batch-model.ts'
import { keepEpoch, submissionKey } from '../invariants/ledger.ts'
import { STACK } from '../workload/workload.ts'
import type { World } from '../world.ts'

/** A run in flight as one version of Batchwise left it in the table, and what Batch knew of it. */
export interface History {
  readonly shows: string
  readonly definition: Definition
  readonly run: Run
  readonly jobs: readonly JobRecord[]
  readonly batch: readonly StoredJob[]
}

export function historyOf(world: World, runId: string, shows: string): History | undefined {
  const run = world.store.readRun(runId)
  const definition = run && world.store.readDefinition(run.definition)
  if (run === undefined || definition === undefined) return undefined
  const batch = world.batch.jobs().filter(job => job.jobName.includes(runId) && !job.hasVanished)
  return { shows, definition, run, jobs: world.store.readJobs(runId), batch: batch.map(storedJob) }
}

function storedJob(job: BatchJob): StoredJob {
  const { jobId, jobName, queue, size, statusReason, stoppedAt } = job
  return {
    ...{ jobId, jobName, queue },
    dependsOn: job.dependsOn.map(({ job: on, type }) => ({ jobId: on.jobId, ...(type && { type }) })),
    ...(size !== undefined && { size }),
    ...(hasEnded(job) && {
      end: {
        status: job.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED',
        at: stoppedAt ?? 0,
        ...(statusReason !== undefined && { statusReason }),
      },
    }),
  }
}

/** Puts the history into a world in which nothing has happened yet. */
export function restore({ store, batch, ledger }: World, history: History): void {
  store.putDefinition(history.definition)
  const { runId } = history.run
  for (const record of history.jobs) {
    const { job, submission, epoch, jobId, state } = record
    const { workflow } = history.run
    if (state === 'FAILED' && jobId === undefined)
      ledger.refused.add(jobNameOf({ stack: STACK, workflow, job, runId, submission }))
    keepEpoch(ledger, runId, job, submission, epoch)
    if (jobId !== undefined) ledger.winners.set(submissionKey(runId, job, submission), jobId)
  }
  for (const [epoch, { state }] of Object.entries(history.run.alerts)) {
    ledger.ends.push({ runId, epoch: Number(epoch), status: 'FAILED', at: history.run.createdAt })
    if (state === 'sent') ledger.published.set(runId, [...(ledger.published.get(runId) ?? []), 0])
  }
  for (const job of history.batch) batch.restore(job)
  for (const record of history.jobs) put(jobKey(runId, record.job), record)
  put(runKey(runId), history.run)

  function put(key: ItemKey, item: object): void {
    store.write({ key, mode: 'replace', set: { ...item }, condition: all() })
  }
}

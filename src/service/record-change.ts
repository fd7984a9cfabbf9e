import { isChainedOn } from '../core/run/chained-end.ts'
import { decide } from '../core/run/decide.ts'
import type { Definition } from '../core/run/definition.ts'
import type { ItemWrite } from '../core/run/item-write.ts'
import { failedForDependency, failedForReclaim, type JobChange } from '../core/run/job-change.ts'
import {
  isOfStepFunctions,
  parseExecutionName,
  parseJobName,
  type SubmissionIdentity,
} from '../core/run/job-name.ts'
import { isFinalJob, type JobRecord } from '../core/run/job-record.ts'
import { type Snapshot, viewJobs } from '../core/run/job-view.ts'
import { changeWrite } from '../core/run/job-writes.ts'
import { fallbackWrite, resetWrite } from '../core/run/next-submission-writes.ts'
import { isFinalRun, type Run } from '../core/run/run.ts'
import { withFailedChildren } from './failed-children.ts'
import { loadSnapshot } from './load-snapshot.ts'
import { requestAdvance, SMALL_RUN } from './request-advance.ts'
import type { Recorder, Stopper } from './service.ts'
import { discard } from './submit-claimed.ts'

/**
 * Records what Batch says of a job, or Step Functions of an execution, and, if its end may move the run on, asks for
 * `advance`. Idempotent; older and doubled news change nothing; a job that lives though no record stands for it is stopped.
 */
export async function recordChange(service: Stopper, told: JobChange): Promise<void> {
  const identity = identityOf(told, service.settings.stack)
  if (identity === undefined) return service.log.record('job-foreign', { jobName: told.jobName })
  const run = await service.store.readRun(identity.runId)
  if (run === undefined) return service.log.record('job-orphan', { runId: identity.runId, jobId: told.jobId })
  const change = await withFailedChildren(service, told)
  const accepted = !isFinalRun(run.status) && (await recordInRun(service, run, identity, change))
  if (!accepted) await stopIfUnrecorded(service, identity, change)
  const ended = change.status === 'SUCCEEDED' || change.status === 'FAILED'
  if (!ended || isFinalRun(run.status)) return
  const definition = service.settings.definitions.find(({ hash }) => hash === run.definition)
  if (accepted && definition && (await movesNothing(service, run, definition, identity.job))) return
  await requestAdvance(service, run, definition?.order.length ?? 0)
}

/**
 * Looks at the run before `advance` is asked to, where most likely nothing is to be done: one query here instead of a
 * message, an invocation and the same query there. Of several jobs that end at once, the one that looks last sees all.
 */
async function movesNothing(
  service: Recorder,
  run: Run,
  definition: Definition,
  job: string,
): Promise<boolean> {
  if (definition.order.length > SMALL_RUN || !isChainedOn(run, definition, job)) return false
  const snapshot = await loadSnapshot(service, run.runId)
  if (snapshot === undefined) return false
  return decide(snapshot, service.settings.times, service.clock.now()).length === 0
}

/** Undefined for the job of another stack. An execution's name tells no stack; the run, which only one stack has, does. */
function identityOf({ jobId, jobName }: JobChange, stack: string): SubmissionIdentity | undefined {
  if (isOfStepFunctions(jobId)) return parseExecutionName(jobName)
  const identity = parseJobName(jobName)
  return identity?.stack === stack ? identity : undefined
}

async function recordInRun(
  service: Recorder,
  run: Run,
  identity: SubmissionIdentity,
  change: JobChange,
): Promise<boolean> {
  const now = service.clock.now()
  const mayGoOn = failedForDependency(change) || failedForReclaim(change)
  if (!mayGoOn) return service.store.write(changeWrite(identity, change, now))
  const snapshot = await loadSnapshot(service, run.runId)
  if (snapshot === undefined) return false
  if (failedForReclaim(change)) return service.store.write(reclaimedWrite(snapshot, identity, change, now))
  const views = viewJobs(snapshot)
  const record = snapshot.jobs.get(identity.job)
  const dependencies = views.get(identity.job)?.job.dependsOn ?? []
  const failed = dependencies.some(dependency => views.get(dependency.job)?.failure)
  if (failed || record === undefined || record.submission !== identity.submission) {
    return service.store.write(changeWrite(identity, change, now))
  }
  return service.store.write(resetWrite(record, change.jobId, snapshot.run.epoch, now))
}

/** A job that lost its machine goes on in its other queue, once. */
function reclaimedWrite(
  { run, definition, jobs }: Snapshot,
  identity: SubmissionIdentity,
  change: JobChange,
  now: number,
): ItemWrite {
  const record = jobs.get(identity.job)
  const hasFallback = definition.workflow.jobs[identity.job]?.fallback !== undefined
  const isTurn = hasFallback && record?.submission === identity.submission
  return isTurn && !record.fallback
    ? fallbackWrite(record, change, run.epoch, now)
    : changeWrite(identity, change, now)
}

/** A living job that its record does not name, or whose record has ended, must not go on. */
async function stopIfUnrecorded(
  service: Stopper,
  identity: SubmissionIdentity,
  change: JobChange,
): Promise<void> {
  if (change.status === 'SUCCEEDED' || change.status === 'FAILED') return
  const record = await service.store.readJob(identity.runId, identity.job)
  if (record === undefined || standsFor(record, identity, change)) return
  await discard(service, record, change.jobId)
}

function standsFor(record: JobRecord, identity: SubmissionIdentity, change: JobChange): boolean {
  if (record.submission !== identity.submission || record.jobId !== change.jobId) return false
  // A job that Batch ended may still have older news under way; one that we gave up on must be stopped.
  return !isFinalJob(record.state) || record.state === 'SUCCEEDED' || record.state === 'FAILED'
}

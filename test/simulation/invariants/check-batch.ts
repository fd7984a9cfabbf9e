import type { Definition } from '../../../src/core/run/definition.ts'
import { DEPENDENCY_FAILED } from '../../../src/core/run/job-change.ts'
import { parseJobName } from '../../../src/core/run/job-name.ts'
import { viewJobs } from '../../../src/core/run/job-view.ts'
import { isFinalRun, type Run } from '../../../src/core/run/run.ts'
import { type BatchJob, hasEnded, isGone } from '../batch/batch-job.ts'
import { epochsOf } from './ledger.ts'
import { type Log, type Truth, truthOf } from './truth.ts'
import type { Observer, Report } from './watch.ts'

interface World extends Log {
  readonly report: Report
  /** Nothing is lost and nothing is late. */
  readonly isFaultless: boolean
}

/** What must be true of the jobs in Batch at every moment, by Batch's own log. */
export function checkBatch(world: World): Partial<Observer> {
  const { store, ledger, report } = world
  return {
    started: job => checkStart(world, job),
    changed(job) {
      if (world.isFaultless && job.statusReason === DEPENDENCY_FAILED) checkDependencyFailed(world, job)
    },
    terminating(jobId, reason) {
      const job = world.batch().job(jobId)
      const identity = job && parseJobName(job.jobName)
      if (!reason.startsWith('Batchwise: a duplicate') || identity === undefined) return
      const record = store().readJob(identity.runId, identity.job)
      const isWinner = record?.jobId === jobId && record.state !== 'LOST' && record.state !== 'CANCELLED'
      if (isWinner)
        report('the winner is never discarded', `${jobId} of ${identity.job} of ${identity.runId}`)
    },
    wroteJob(before, after) {
      if (after.jobId === undefined || after.jobId === before?.jobId) return
      const run = store().readRun(after.runId)
      if (run !== undefined && isFinalRun(run.status))
        report('nothing is adopted in a final run', `${after.jobId} of ${after.job} of ${after.runId}`)
      if (ledger.discarded.has(after.jobId))
        report('a discarded job never wins', `${after.jobId} of ${after.job} of ${after.runId}`)
    },
    wroteRun(before, after) {
      if (before !== undefined && !isFinalRun(before.status) && isFinalRun(after.status))
        checkEnd(world, before, after)
    },
  }
}

/** By Batch's log, everything the job waits for has ended as its condition asks. */
function checkStart(world: World, job: BatchJob): void {
  const { ledger, report } = world
  const identity = parseJobName(job.jobName)
  const run = identity && world.store().readRun(identity.runId)
  const definition = run && world.store().readDefinition(run.definition)
  if (identity === undefined || run === undefined || definition === undefined) return
  if (ledger.discarded.has(job.parent?.jobId ?? job.jobId)) return
  const { job: name } = identity
  if (epochsOf(ledger, run.runId, name).get(identity.submission) !== run.epoch) return
  const truths = truthOf(world, run, definition)
  const declared = definition.workflow.jobs[name]
  // Children chained one to one start one by one.
  const upstream = (declared?.dependsOn ?? []).filter(
    ({ type }) => declared?.when !== 'success' || type !== 'N_TO_N',
  )
  const states = upstream.map(({ job: on }) => ({ on, truth: truths.of(on) }))
  const isMet =
    declared?.when === 'success'
      ? states.every(({ truth }) => truth?.state === 'SUCCEEDED')
      : states.every(({ truth }) => truth?.state !== 'OPEN') &&
        (declared?.when === 'always' || states.some(({ truth }) => truth?.failure))
  if (!isMet) {
    const shown = states.map(({ on, truth }) => `${on} ${truth?.state}`).join(', ')
    report('no job starts before its dependencies ended', `${job.jobName} (${declared?.when}): ${shown}`)
  }
}

/** Batch fails a job for a dependency only where we do, too. */
function checkDependencyFailed(world: World, { jobName, status, parent }: BatchJob): void {
  const identity = parseJobName(jobName)
  const run = identity && world.store().readRun(identity.runId)
  if (status !== 'FAILED' || parent !== undefined || run?.status !== 'RUNNING') return
  const definition = world.store().readDefinition(run.definition)
  if (definition === undefined) return
  const truths = truthOf(world, run, definition)
  const upstream = definition.workflow.jobs[identity?.job ?? '']?.dependsOn ?? []
  if (upstream.length > 0 && upstream.every(({ job }) => truths.of(job)?.state === 'SUCCEEDED'))
    world.report('no job fails for a dependency that succeeded', jobName)
}

/** When a run ends, its jobs have ended, and its status is what Batch's own log gives. */
function checkEnd(world: World, before: Run, after: Run): void {
  const { store, report } = world
  for (const { jobId, job } of store().readJobs(after.runId)) {
    const found = jobId === undefined ? undefined : world.batch().job(jobId)
    if (found !== undefined && !isGone(found))
      report("no winner's job is alive when its run ends", `${jobId} of ${job} is ${found.status}`)
  }
  const definition = store().readDefinition(after.definition)
  if (definition === undefined) return
  const truths = truthOf(world, before, definition).all()
  // A set that is given up ends without a job.
  const isGivenUp = before.status === 'CANCELLING' || before.status === 'COLLECTING'
  const expected = isGivenUp ? 'CANCELLED' : endOf(truths)
  if (after.status !== expected)
    report('the status follows from the jobs', `run ${after.runId} is ${after.status}, by Batch ${expected}`)
  if (after.status !== 'CANCELLED') checkViews(world, after, definition, truths)
  for (const record of store().readJobs(after.runId)) {
    const found = record.jobId === undefined ? undefined : world.batch().job(record.jobId)
    if (found === undefined || !hasEnded(found) || record.state === 'LOST') continue
    if (record.state !== found.status)
      report('the table tells what Batch did', `${record.job}: ${record.state}, in Batch ${found.status}`)
  }
}

function endOf(truths: ReadonlyMap<string, Truth>): string {
  const open = [...truths].filter(([, { state }]) => state === 'OPEN').map(([name]) => name)
  if (open.length > 0) return `not ended: ${open.join(', ')}`
  return [...truths.values()].some(({ state }) => state === 'FAILED') ? 'FAILED' : 'SUCCEEDED'
}

/** What people are shown of each job is what Batch did. */
function checkViews(
  { store, report }: World,
  run: Run,
  definition: Definition,
  truths: ReadonlyMap<string, Truth>,
): void {
  const jobs = new Map(
    store()
      .readJobs(run.runId)
      .map(record => [record.job, record]),
  )
  for (const [name, { state }] of viewJobs({ run, definition, jobs })) {
    const shown = state === 'LOST' ? 'FAILED' : state
    const truth = truths.get(name)?.state
    // Claimed just before, by a pass that had not heard of the failure: it finds the run final, and gives back.
    if (shown === 'CLAIMED' && truth === 'SKIPPED') continue
    if (shown !== truth)
      report('each job is shown as Batch left it', `${name} of ${run.runId}: ${state}, by Batch ${truth}`)
  }
}

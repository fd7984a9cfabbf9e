import type { Definition } from '../../../src/core/run/definition.ts'
import { type JobIdentity, jobNameOf, parseJobName } from '../../../src/core/run/job-name.ts'
import { isFinalRun, type Run } from '../../../src/core/run/run.ts'
import { RECLAIMED } from '../batch/batch-life.ts'
import type { Profile } from '../profile.ts'
import type { Scheduler } from '../scheduler.ts'
import { FALLBACK_QUEUE } from '../workload/graph.ts'
import { claimKey, epochsOf, submissionKey } from './ledger.ts'
import { type Log, truthOf } from './truth.ts'
import type { Observer, Report } from './watch.ts'

interface World extends Log {
  readonly scheduler: Scheduler
  readonly profile: Profile
  readonly lease: number
  readonly report: Report
}

/** What Batch takes in a request. */
const LEAST_CHILDREN = 2
const MOST_CHILDREN = 10_000
const MOST_DEPENDENCIES = 20

/** Who may call SubmitJob, when, and how often. */
export function checkSubmissions(world: World): Partial<Observer> {
  const { ledger, scheduler, profile, report } = world
  return {
    submitting(invocation, { jobName, jobQueue, arrayProperties, dependsOn = [] }) {
      const { size = MOST_CHILDREN } = arrayProperties ?? {}
      if (size < LEAST_CHILDREN || size > MOST_CHILDREN || dependsOn.length > MOST_DEPENDENCIES)
        report('Batch takes every request', `${jobName}: ${size} children, ${dependsOn.length} dependencies`)
      const identity = parseJobName(jobName)
      const run = identity && world.store().readRun(identity.runId)
      if (identity === undefined || run === undefined)
        return report('every job has a run', `${jobName} is submitted for no run`)
      const submission = submissionKey(run.runId, identity.job, identity.submission)
      if (world.store().readJob(run.runId, identity.job)?.queue !== jobQueue)
        report('a job goes to the queue in which it is looked for', jobName)
      if (jobQueue === FALLBACK_QUEUE && !lostItsMachine(world, identity))
        report('the other queue only after a reclaim', jobName)
      const claim = ledger.claims.get(claimKey(invocation, submission))
      ledger.claims.delete(claimKey(invocation, submission))
      const epoch = epochsOf(ledger, run.runId, identity.job).get(identity.submission)
      if (claim === undefined) return report('no SubmitJob without a committed claim', jobName)
      if (scheduler.now() > claim.until + 2 * profile.skew)
        report('no SubmitJob after the claim ended', jobName)
      if (isFinalRun(run.status)) report('no submission in a final run', `${jobName}: ${run.status}`)
      if (epoch !== run.epoch)
        report('no submission of another epoch', `${jobName}: ${epoch} while the run is in ${run.epoch}`)
      const definition = world.store().readDefinition(run.definition)
      if (identity.submission > 1 && definition && stands(world, run, definition, identity.job))
        report('what succeeded and still stands is not run again', jobName)
      const cancelled = ledger.cancelledAt.get(run.runId) ?? Number.POSITIVE_INFINITY
      if (run.status === 'CANCELLING' && scheduler.now() > cancelled + world.lease + 2 * profile.skew)
        report('no submission after CANCELLING and a lease', jobName)
    },
    submitted({ jobName }) {
      // What Batch has lost altogether is submitted once more.
      const jobs = world
        .batch()
        .jobsNamed(jobName)
        .filter(({ hasVanished }) => !hasVanished)
      if (jobs.length > 1 && !profile.beyondBounds)
        report('each submission is made once', `${jobName}: ${jobs.map(({ jobId }) => jobId)}`)
    },
  }
}

function stands(world: World, run: Run, definition: Definition, job: string): boolean {
  return truthOf(world, run, definition).of(job)?.state === 'SUCCEEDED'
}

/** The submission before this one, on the job's own queue. */
function lostItsMachine(world: World, identity: JobIdentity): boolean {
  const before = jobNameOf({ ...identity, submission: identity.submission - 1 })
  const jobs = world.batch().jobsNamed(before)
  return jobs.some(({ statusReason, queue }) => statusReason === RECLAIMED && queue !== FALLBACK_QUEUE)
}

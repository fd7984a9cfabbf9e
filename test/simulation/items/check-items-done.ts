import { itemsOfManifest } from '../../../src/core/run/items.ts'
import { jobNameOf } from '../../../src/core/run/job-name.ts'
import type { Run } from '../../../src/core/run/run.ts'
import { type BatchJob, hasEnded } from '../batch/batch-job.ts'
import { epochsOf, submissionKey } from '../invariants/ledger.ts'
import type { Report } from '../invariants/watch.ts'
import { STACK } from '../workload/workload.ts'
import type { World } from '../world.ts'
import { ITEM_JOBS } from './items-workload.ts'

/** One submission of an array of items by Batch's own log: a child for each line of its manifest. */
interface Submitted {
  readonly number: number
  readonly epoch: number
  readonly batch: BatchJob
  readonly items: readonly string[]
  readonly children: readonly BatchJob[]
}

/** What must be true of items when everything has come to rest. */
export function checkItemsDone(world: World, report: Report): void {
  for (const runId of world.store.runIds()) {
    const run = world.store.readRun(runId)
    if (run === undefined) continue
    const done = new Map<string, readonly Submitted[]>()
    for (const [job, partner] of Object.entries(ITEM_JOBS)) {
      const submitted = submissionsOf(world, run, job, report)
      done.set(job, submitted)
      checkParts(run, job, submitted, partner === undefined ? [] : (done.get(partner) ?? []), report)
      // Read again as a whole, there may be no items any more.
      const isEmpty = world.store.readJob(runId, job)?.size === 0
      if (run.status === 'SUCCEEDED' && !isEmpty) checkOnce(world, run, job, submitted, report)
      if (partner !== undefined) checkPartners(job, submitted, done.get(partner) ?? [], report)
    }
  }
}

function submissionsOf(world: World, run: Run, job: string, report: Report): readonly Submitted[] {
  return [...epochsOf(world.ledger, run.runId, job)].flatMap(([submission, epoch]): readonly Submitted[] => {
    const name = { stack: STACK, workflow: run.workflow, job, runId: run.runId, submission }
    // Of a job that Batch lost before anybody knew it, there is another of the same name.
    const winner = world.ledger.winners.get(submissionKey(run.runId, job, submission))
    const batch = world.batch.jobsNamed(jobNameOf(name)).find(({ jobId }) => jobId === winner)
    if (batch === undefined) return []
    const uri = `s3://out/items/${run.runId}/_batchwise/${job}.${submission}.jsonl`
    const items = itemsOfManifest(world.objects.texts.get(uri) ?? '')
    if ((batch.size ?? 1) !== items.length)
      report('an array has a child for each line', `${batch.jobName}: ${batch.size} for ${items.length}`)
    return [
      {
        number: submission,
        epoch,
        batch,
        items,
        children: batch.size === undefined ? [batch] : batch.children,
      },
    ]
  })
}

/** A retry submits what has not succeeded and nothing else; all again where nobody knows what failed, or the partner is new. */
function checkParts(
  { runId }: Run,
  job: string,
  submitted: readonly Submitted[],
  partners: readonly Submitted[],
  report: Report,
): void {
  for (const [index, { batch, items, number, epoch }] of submitted.entries()) {
    const before = submitted[index - 1]
    if (before === undefined || before.epoch === epoch || !isKnown(before)) continue
    const isPartnerNew = partners.some((partner, place) => {
      const earlier = partners[place - 1]
      return partner.epoch === epoch && (earlier === undefined || !isKnown(earlier))
    })
    if (isPartnerNew) continue
    const failed = before.items.filter((_item, child) => before.children[child]?.status !== 'SUCCEEDED')
    if (String(items) !== String(failed))
      report('only failed items are submitted again', `${batch.jobName}: ${items} after ${failed}`)
    if (failed.length === 0) report('what succeeded is not submitted again', `${job} ${number} of ${runId}`)
  }
}

/** Batch has told what became of each child. */
function isKnown({ batch, children }: Submitted): boolean {
  return !batch.hasVanished && hasEnded(batch) && children.length > 0 && batch.size !== undefined
}

function checkOnce(
  { batch: log }: World,
  run: Run,
  job: string,
  submitted: readonly Submitted[],
  report: Report,
): void {
  const isLossy = log.jobs().some(({ hasVanished, jobName }) => hasVanished && jobName.includes(run.runId))
  const times = new Map<string, number>()
  const whole = submitted.find(({ number }) => number === firstOf(submitted))
  for (const { items, children } of submitted) {
    for (const [index, item] of items.entries())
      if (children[index]?.status === 'SUCCEEDED') times.set(item, (times.get(item) ?? 0) + 1)
  }
  for (const item of whole?.items ?? []) {
    const count = times.get(item) ?? 0
    if (count === 0 || (count > 1 && !isLossy))
      report('each item succeeds exactly once', `${item} of ${job} of ${run.runId}: ${count} times`)
  }
}

/** The submission that the last ones are parts of: those before it ran for nothing. */
function firstOf(submitted: readonly Submitted[]): number | undefined {
  let first: number | undefined
  for (const [index, { number }] of submitted.entries()) {
    const before = submitted[index - 1]
    if (before === undefined || !isKnown(before)) first = number
  }
  return first
}

/** An item of the second array runs when its partner in the first has succeeded. */
function checkPartners(
  job: string,
  submitted: readonly Submitted[],
  partners: readonly Submitted[],
  report: Report,
): void {
  const endsOf = (item: string) =>
    partners.flatMap(({ items, children }) => {
      const child = children[items.indexOf(item)]
      return child?.status === 'SUCCEEDED' && child.stoppedAt !== undefined ? [child.stoppedAt] : []
    })
  for (const { items, children, batch } of submitted) {
    for (const [index, item] of items.entries()) {
      const startedAt = children[index]?.startedAt
      if (startedAt !== undefined && !endsOf(item).some(end => end <= startedAt))
        report('no item runs before its partner succeeded', `${item} of ${job}, ${batch.jobName}`)
    }
  }
}

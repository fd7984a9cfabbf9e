import { INCOMPLETE, LATE } from '../alert/alert-kind.ts'
import { collectStep, collectWake } from '../collect/collect-decision.ts'
import { assertNever } from '../errors.ts'
import type { Collect } from '../workflow/workflow.ts'
import type { JobRecord, Relist } from './job-record.ts'
import { hasEnded, type JobViews, type Snapshot, viewJobs } from './job-view.ts'
import { type NativeDependency, nativeDependencies } from './native-dependency.ts'
import type { Part } from './part.ts'
import { isFinalRun, type Run } from './run.ts'

/** What is to be done now; each is carried out under the condition that what it was decided on still stands. */
export type Command =
  | SubmitCommand
  | { readonly type: 'takeOver'; readonly record: JobRecord }
  | { readonly type: 'relist'; readonly record: JobRecord; readonly due: readonly Relist[] }
  | { readonly type: 'cancelWaiting'; readonly record: JobRecord }
  | { readonly type: 'terminate'; readonly record: JobRecord; readonly jobId: string }
  | { readonly type: 'finish'; readonly status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED' }
  | { readonly type: 'announce' }
  | { readonly type: 'answerTask'; readonly name: string }
  | { readonly type: 'freeSlot' }
  | { readonly type: 'closeSet' }
  | { readonly type: 'takeMembers' }
  | { readonly type: 'checkManifest' }
  | { readonly type: 'raiseAlert'; readonly alert: string }
  | { readonly type: 'publishAlert'; readonly alert: string }

/** Claims and submits one job. Its native dependencies are in Batch already or stand before it in the same list. */
export interface SubmitCommand {
  readonly type: 'submit'
  readonly job: string
  readonly submission: number
  readonly record: JobRecord | undefined
  readonly native: readonly NativeDependency[]
  /** Of an array of items: only these. */
  readonly part?: Part
}

/** The protocol's times, in milliseconds. */
export interface ProtocolTimes {
  /** How long a claim may be used; longer than the function's own time limit. */
  readonly lease: number
  /** How long after the lease a submission may still become visible in Batch. */
  readonly settle: number
  /**
   * Holders of claims from before this moment are known to be dead, so their claims are taken over at once. For a
   * single machine, where a restart ends every holder; never set in AWS.
   */
  readonly claimsVoidBefore?: number
}

/** TerminateJob is only a request; it is repeated until Batch reports the end. */
const TERMINATE_AGAIN = 5 * 60_000

/** Decides what is to be done now. Pure: the same run, jobs and time give the same commands. */
export function decide(snapshot: Snapshot, times: ProtocolTimes, now: number): readonly Command[] {
  const { run } = snapshot
  const views = viewJobs(snapshot)
  switch (run.status) {
    case 'COLLECTING':
      return [...collecting(snapshot, now), ...alerts(run, now)]
    case 'QUEUED':
      return [...relists(snapshot, now), ...lateness(snapshot, now), ...alerts(run, now)]
    case 'RUNNING':
      return [
        ...takeOvers(snapshot, times, now),
        ...relists(snapshot, now),
        ...alerts(run, now),
        ...submissions(snapshot, views, now),
        ...lateness(snapshot, now),
        ...finish(run, views),
      ]
    case 'CANCELLING':
      return [
        ...takeOvers(snapshot, times, now),
        ...relists(snapshot, now),
        ...alerts(run, now),
        ...cancellations(snapshot, now),
        ...finish(run, views),
      ]
    case 'SUCCEEDED':
    case 'FAILED':
    case 'CANCELLED':
      return [
        ...relists(snapshot, now),
        ...heldSlot(run),
        ...announcement(run),
        ...answers(run),
        ...alerts(run, now),
      ]
    default:
      return assertNever(run.status)
  }
}

/** The earliest time at which something is owed that no event will announce; undefined when nothing is owed. */
export function nextWake(snapshot: Snapshot, times: ProtocolTimes): number | undefined {
  const owed: number[] = []
  const live = !isFinalRun(snapshot.run.status)
  for (const record of snapshot.jobs.values()) {
    owed.push(...(record.relist ?? []).map(entry => entry.at))
    if (live && record.state === 'WAITING' && record.retryAt !== undefined) owed.push(record.retryAt)
    if (live && record.state === 'CLAIMED' && record.claim) owed.push(record.claim.until + times.settle + 1)
  }
  const collectAt = collectWakeOf(snapshot)
  if (collectAt !== undefined) owed.push(collectAt)
  const deadline = deadlineOf(snapshot)
  if (live && deadline !== undefined) owed.push(deadline)
  if (
    !live &&
    [...heldSlot(snapshot.run), ...announcement(snapshot.run), ...answers(snapshot.run)].length > 0
  )
    owed.push(0)
  for (const alert of Object.values(snapshot.run.alerts)) {
    if (alert.state === 'pending') owed.push(alert.until ?? 0)
  }
  return owed.length === 0 ? undefined : Math.min(...owed)
}

function submissions({ run, definition }: Snapshot, views: JobViews, now: number): readonly SubmitCommand[] {
  const planned = new Set<string>()
  const commands: SubmitCommand[] = []
  for (const view of views.values()) {
    if (view.state !== 'WAITING' || (view.record?.retryAt ?? 0) > now) continue
    const native = nativeDependencies(view, views, planned, definition.workflow.chaining)
    if (native === undefined) continue
    planned.add(view.name)
    const { name: job, submission, record, part } = view
    commands.push({ type: 'submit', job, submission, record, native, ...(part && { part }) })
  }
  return run.status === 'RUNNING' ? commands : []
}

function takeOvers({ jobs }: Snapshot, times: ProtocolTimes, now: number): readonly Command[] {
  return [...jobs.values()]
    .filter(record => isAbandoned(record, times, now))
    .map(record => ({ type: 'takeOver', record }))
}

function isAbandoned(record: JobRecord, times: ProtocolTimes, now: number): boolean {
  if (record.state !== 'CLAIMED' || record.claim === undefined) return false
  const claimedBefore = record.claim.until - times.lease
  return record.claim.until + times.settle < now || claimedBefore < (times.claimsVoidBefore ?? 0)
}

function relists({ jobs }: Snapshot, now: number): readonly Command[] {
  return [...jobs.values()].flatMap(record => {
    const due = (record.relist ?? []).filter(entry => entry.at <= now)
    return due.length === 0 ? [] : [{ type: 'relist' as const, record, due }]
  })
}

function cancellations({ jobs }: Snapshot, now: number): readonly Command[] {
  return [...jobs.values()].flatMap((record): readonly Command[] => {
    if (record.state === 'WAITING') return [{ type: 'cancelWaiting', record }]
    if (record.state !== 'SUBMITTED' || record.jobId === undefined) return []
    const asked = record.terminatedAt ?? Number.NEGATIVE_INFINITY
    return now - asked < TERMINATE_AGAIN ? [] : [{ type: 'terminate', record, jobId: record.jobId }]
  })
}

function finish(run: Run, views: JobViews): readonly Command[] {
  for (const view of views.values()) if (!hasEnded(view)) return []
  if (run.status === 'CANCELLING') return [{ type: 'finish', status: 'CANCELLED' }]
  for (const view of views.values()) {
    if (view.state === 'FAILED' || view.state === 'LOST') return [{ type: 'finish', status: 'FAILED' }]
  }
  return [{ type: 'finish', status: 'SUCCEEDED' }]
}

function collectWakeOf({ run, definition }: Snapshot): number | undefined {
  const collect = collectOf(run, definition)
  return run.status === 'COLLECTING' && run.collect && collect
    ? collectWake(run, run.collect, collect)
    : undefined
}

function collecting({ run, definition }: Snapshot, now: number): readonly Command[] {
  const collect = collectOf(run, definition)
  if (run.collect === undefined || collect === undefined) return []
  const step = collectStep(run, run.collect, collect, now)
  switch (step) {
    case 'wait':
      return []
    case 'close':
      return [{ type: 'closeSet' }]
    case 'take':
      return [{ type: 'takeMembers' }]
    case 'check':
      return [{ type: 'checkManifest' }]
    case 'tell':
      return [{ type: 'raiseAlert', alert: INCOMPLETE }]
    case 'drop':
      return [{ type: 'finish', status: 'CANCELLED' }]
    default:
      return assertNever(step)
  }
}

/** How the run's set is gathered, by the definition that it follows. */
export function collectOf(run: Run, { workflow }: Snapshot['definition']): Collect | undefined {
  const trigger = run.collect && workflow.triggers[run.collect.trigger]
  return trigger?.type === 'object' ? trigger.collect : undefined
}

/** When the run is late, in milliseconds; undefined where that is told already, or never. */
function deadlineOf({ run, definition }: Snapshot): number | undefined {
  const { deadline } = definition.workflow
  // A retry begins anew, and is asked for by somebody who knows.
  if (deadline === undefined || run.epoch > 1 || run.alerts[LATE] !== undefined) return undefined
  return run.createdAt + deadline * 1000
}

function lateness(snapshot: Snapshot, now: number): readonly Command[] {
  const deadline = deadlineOf(snapshot)
  return deadline !== undefined && deadline <= now ? [{ type: 'raiseAlert', alert: LATE }] : []
}

/** A place that an earlier epoch holds is left to who waits for it. */
function heldSlot({ holdsSlot, epoch }: Run): readonly Command[] {
  return holdsSlot === epoch ? [{ type: 'freeSlot' }] : []
}

/** Each end is told on the bus, for other workflows and for anybody. */
function announcement(run: Run): readonly Command[] {
  return (run.announced ?? 0) < run.epoch ? [{ type: 'announce' }] : []
}

/** Each task of a state machine that waits for the run is told its end, once the run has none but that. */
function answers({ taskTokens = {} }: Run): readonly Command[] {
  return Object.keys(taskTokens).map(name => ({ type: 'answerTask', name }))
}

/** Also in a run that a retry has opened again: the failure of the epoch before is still to be told. */
function alerts(run: Run, now: number): readonly Command[] {
  return Object.entries(run.alerts)
    .filter(([, alert]) => alert.state === 'pending' && (alert.until ?? 0) < now)
    .map(([alert]) => ({ type: 'publishAlert', alert }))
}

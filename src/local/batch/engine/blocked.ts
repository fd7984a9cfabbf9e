import {
  type BlockReason,
  canceledFor,
  NO_MACHINE_FITS,
  noInstance,
  TOO_FEW_VCPUS,
  UNDETERMINED,
} from './block-reason.ts'
import type { Job, JobState } from './job.ts'
import type { Queue } from './queue.ts'
import { type Environment, enabledEnvironments, note, turn, type World } from './world.ts'

/**
 * Looks why the head of a queue did not start. A job that waits for its turn is left alone; one that cannot start as
 * things are is told of once for each reason, and watched where its queue limits how long that may last.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html
 */
export function noteBlock(world: World, queue: Queue, head: Job, now: number): void {
  const reason = blockOf(world, queue, head)
  const before = head.state
  if (before.statusReason !== reason?.text) {
    const since = reason === undefined ? {} : { statusReason: reason.text, blockedAt: now }
    note(world, head, { ...unblocked(before), ...since })
    if (reason !== undefined) world.effects.push({ type: 'blocked', job: head, state: head.state, at: now })
  }
  watchLimit(world, queue, head, reason)
}

/** Cancels the head of its queue if it has been blocked for as long as the queue allows. */
export function endBlocked(world: World, job: Job, now: number): void {
  const queue = world.queues.get(job.spec.queue)
  if (queue?.watched?.job !== job) return
  queue.watched = undefined
  const reason = blockOf(world, queue, job)
  const at = reason && limitOf(queue, job, reason)
  if (queue.line.head(now) !== job || at === undefined || at > now || reason === undefined) return
  const stop = { kind: 'cancel', reason: canceledFor(reason.code) } as const
  turn(world, job, 'FAILED', now, { statusReason: stop.reason, stop })
}

/** The state of a job without what was said of its block. */
export function unblocked({ statusReason: _reason, blockedAt: _since, ...state }: JobState): JobState {
  return state
}

function blockOf(world: World, queue: Queue, { spec }: Job): BlockReason | undefined {
  const enabled = enabledEnvironments(world, queue)
  if (enabled.length === 0) return UNDETERMINED
  const { resources } = spec
  if (enabled.every(({ capacity }) => capacity.total.vcpus < resources.vcpus)) return TOO_FEW_VCPUS
  const fitting = enabled.filter(({ capacity }) => capacity.canHold(resources))
  if (fitting.length === 0) return NO_MACHINE_FITS
  const outages = fitting.flatMap(({ outage }: Environment) => outage ?? [])
  return outages.length < fitting.length ? undefined : noInstance(outages[0] ?? '')
}

function watchLimit(world: World, queue: Queue, job: Job, reason: BlockReason | undefined): void {
  const at = reason && limitOf(queue, job, reason)
  if (at === undefined) queue.watched = undefined
  if (at === undefined || (queue.watched?.job === job && queue.watched.at === at)) return
  queue.watched = { job, at }
  world.effects.push({ type: 'limit', job, at })
}

function limitOf({ settings }: Queue, { state }: Job, { code }: BlockReason): number | undefined {
  const limit = settings.limits?.find(each => each.code === code)
  return limit === undefined || state.blockedAt === undefined ? undefined : state.blockedAt + limit.after
}

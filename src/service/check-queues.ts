import { type AlertSettings, alertsOf } from '../core/alert/alert-kind.ts'
import { stuckAlert } from '../core/alert/stuck-alert.ts'
import { nameOfQueue } from '../core/event/queue-blocked.ts'
import { applied } from '../core/run/item-semantics.ts'
import { parseJobName } from '../core/run/job-name.ts'
import type { JobRecord } from '../core/run/job-record.ts'
import type { Run } from '../core/run/run.ts'
import { explainStuck } from '../core/stuck/explain-stuck.ts'
import type { QueueHead, QueueLook } from '../core/stuck/queue-look.ts'
import {
  afterLook,
  type BlockedRecord,
  blockedKey,
  causesWrite,
  isStuck,
  type Sight,
  type ToldRecord,
  tellClaimWrite,
  toldKey,
} from '../core/stuck/queue-record.ts'
import type { Watcher } from './service.ts'

/** A job of ours that waits for a machine. */
export interface WaitingInQueue {
  readonly run: Run
  readonly record: JobRecord
}

/** A queue in which jobs of ours wait, and what their workflows want to be told. */
interface WatchedQueue {
  readonly queue: string
  readonly workflows: readonly string[]
  /** By the least patient of them, in milliseconds. */
  readonly stuckAfter: number
  readonly sms: boolean
}

interface Looked {
  readonly head: QueueHead
  readonly look: QueueLook
  readonly sight: Sight
}

/**
 * Tells of queues that do not move, where a workflow whose jobs wait there wants to hear of it: once for each queue and
 * cause, and again only after it was resolved. One call for a queue that moves. Safe to run twice at once.
 */
export async function checkQueues(service: Watcher, waiting: readonly WaitingInQueue[]): Promise<void> {
  for (const watched of watchedQueues(service, waiting)) {
    try {
      await checkQueue(service, watched)
    } catch (error) {
      // A queue that cannot be looked at, deleted perhaps, must not keep the sweep from the others.
      service.log.record('queue-unread', { queue: watched.queue, reason: String(error) })
    }
  }
}

/** What a run's workflow, as deployed now, wants to be told. */
export function alertsOfRun({ settings }: Pick<Watcher, 'settings'>, run: Run): AlertSettings {
  const definition = settings.definitions.find(({ workflow }) => workflow.name === run.workflow)
  return alertsOf(definition?.workflow ?? {})
}

function watchedQueues(service: Watcher, waiting: readonly WaitingInQueue[]): readonly WatchedQueue[] {
  const found = new Map<string, WatchedQueue>()
  for (const { run, record } of waiting) {
    const { on, sms, stuckAfter } = alertsOfRun(service, run)
    if (record.queue === undefined || !on.includes('stuck')) continue
    const queue = nameOfQueue(record.queue)
    const known = found.get(queue) ?? {
      queue,
      workflows: [],
      stuckAfter: Number.POSITIVE_INFINITY,
      sms: false,
    }
    found.set(queue, {
      queue,
      workflows: [...new Set([...known.workflows, run.workflow])].sort(),
      stuckAfter: Math.min(known.stuckAfter, stuckAfter * 1000),
      sms: known.sms || sms,
    })
  }
  return [...found.values()]
}

async function checkQueue(service: Watcher, watched: WatchedQueue): Promise<void> {
  const { store, clock } = service
  const { queue } = watched
  const record = (await store.readItem(toldKey(queue))) as ToldRecord | undefined
  const looked = await lookAt(service, watched, record)
  const { tell, causes } = afterLook(record, looked?.sight, clock.now())
  const claim = tell ? tellClaimWrite(queue, record, clock.now()) : undefined
  if (tell && (claim === undefined || !(await store.write(claim)))) return
  if (tell && looked !== undefined) await publish(service, watched, looked)
  const known = claim === undefined ? record : applied(record, claim)
  const write = causesWrite(queue, known, causes, clock.now())
  if (write !== undefined) await store.write(write)
}

/** Nothing where the queue has no head; no further call where its head has just come and nothing was told. */
async function lookAt(
  { queues, store, clock }: Watcher,
  { queue, stuckAfter }: WatchedQueue,
  record: ToldRecord | undefined,
): Promise<Looked | undefined> {
  const head = await queues.head(queue)
  if (head === undefined) return undefined
  const blocked = (await store.readItem(blockedKey(queue))) as BlockedRecord | undefined
  const stuck = isStuck(head, blocked, stuckAfter, clock.now())
  const isAnythingTold = Object.keys(record?.causes ?? {}).length > 0
  if (!stuck && !isAnythingTold) return undefined
  const look = await queues.look(queue, head.jobId)
  return { head, look, sight: { cause: explainStuck(look), isStuck: stuck } }
}

async function publish(
  service: Watcher,
  watched: WatchedQueue,
  { head, look, sight }: Looked,
): Promise<void> {
  const { settings, clock, alerts, log } = service
  const { queue, workflows, sms } = watched
  const identity = parseJobName(look.job?.jobName ?? '')
  const ours = identity?.stack === settings.stack ? identity : undefined
  await alerts.publish(
    stuckAlert(
      {
        ...{ queue, workflows, look, cause: sight.cause, now: clock.now() },
        ...{ headJobId: head.jobId, since: head.since },
        ...(ours && { ours }),
      },
      { stage: settings.stage, sms, ...(settings.region !== undefined && { region: settings.region }) },
    ),
  )
  log.record('queue-stuck', { queue, cause: sight.cause.id })
}

import { absent, any, asRead, equals, type ItemKey, type ItemWrite, not } from '../run/item-write.ts'
import type { StuckCause } from './explain-stuck.ts'
import type { QueueHead } from './queue-look.ts'

/** What people were told of a queue. Times in milliseconds. */
export interface ToldRecord {
  /** Raised by every write: the condition that it is as it was read. */
  readonly revision: number
  /** The causes that were told and are not resolved, with the time they were last seen at. */
  readonly causes: Readonly<Record<string, number>>
  /** Who tells of a cause holds the record until then. */
  readonly claimedUntil?: number
}

/** The job that Batch last named as blocking a queue, and when it was first named. */
export interface BlockedRecord {
  readonly jobId: string
  readonly since: number
}

/** What was not seen for so long is resolved: a sweep that finds it looks again each minute or two. */
const RESOLVED_AFTER = 15 * 60_000
/** Seen again, it is noted no more often than that. */
const NOTED_EVERY = 4 * 60_000
/** Batch names reasons that pass while an environment grows from nothing: so long they are left alone. */
const DWELL = 10 * 60_000
const CLAIM = 60_000
const KEPT_SECONDS = 30 * 24 * 3600

export const toldKey = (queue: string): ItemKey => ({ pk: `queue#${queue}`, sk: 'told' })
export const blockedKey = (queue: string): ItemKey => ({ pk: `queue#${queue}`, sk: 'blocked' })

/** Notes that Batch named a job as blocking its queue; named again, the first time stands. */
export function blockedWrite(queue: string, jobId: string, now: number): ItemWrite {
  return {
    key: blockedKey(queue),
    mode: 'replace',
    set: { jobId, since: now, expiresAt: expiry(now) },
    condition: any(absent('jobId'), not(equals('jobId', jobId))),
  }
}

/** True when the head of a queue has waited long enough. `stuckAfter` in milliseconds. */
export function isStuck(
  head: QueueHead,
  blocked: BlockedRecord | undefined,
  stuckAfter: number,
  now: number,
): boolean {
  if (now - head.since >= stuckAfter) return true
  return blocked?.jobId === head.jobId && now - blocked.since >= Math.min(DWELL, stuckAfter)
}

/** What a look at a queue with a head found. */
export interface Sight {
  readonly cause: StuckCause
  readonly isStuck: boolean
}

/**
 * What is known of a queue's causes after a look, and whether this one is to be told: once, and again only after it was
 * resolved. A head that has just come resolves what was told, unless the cause is the queue's and still there.
 */
export function afterLook(
  record: ToldRecord | undefined,
  sight: Sight | undefined,
  now: number,
): { readonly tell: boolean; readonly causes: ToldRecord['causes'] } {
  if (sight === undefined) return { tell: false, causes: {} }
  const open = openCauses(record, now)
  const { id, of } = sight.cause
  const isTold = open.some(([cause]) => cause === id)
  if (sight.isStuck) return { tell: !isTold, causes: { ...Object.fromEntries(open), [id]: now } }
  return { tell: false, causes: isTold && of === 'queue' ? { [id]: now } : {} }
}

/** The causes that were told and are not resolved, with the time they were last seen at. */
export function openCauses(record: ToldRecord | undefined, now: number): readonly [string, number][] {
  return Object.entries(record?.causes ?? {}).filter(([, seenAt]) => now - seenAt <= RESOLVED_AFTER)
}

/** Takes the right to tell for a minute: of two sweeps one does. Undefined while another has it. */
export function tellClaimWrite(
  queue: string,
  record: ToldRecord | undefined,
  now: number,
): ItemWrite | undefined {
  if ((record?.claimedUntil ?? 0) > now) return undefined
  return toldWrite(queue, record, { causes: record?.causes ?? {}, claimedUntil: now + CLAIM }, now)
}

/** Notes the causes that are told and open; undefined where nothing new is to be noted. */
export function causesWrite(
  queue: string,
  record: ToldRecord | undefined,
  causes: ToldRecord['causes'],
  now: number,
): ItemWrite | undefined {
  const noted = record?.causes ?? {}
  const same = Object.keys(noted).length === Object.keys(causes).length
  const isNoted = ([cause, seenAt]: [string, number]) => seenAt - (noted[cause] ?? 0) < NOTED_EVERY
  if (record?.claimedUntil === undefined && same && Object.entries(causes).every(isNoted)) return undefined
  return toldWrite(queue, record, { causes }, now)
}

function toldWrite(
  queue: string,
  record: ToldRecord | undefined,
  next: Omit<ToldRecord, 'revision'>,
  now: number,
): ItemWrite {
  return {
    key: toldKey(queue),
    mode: 'replace',
    set: { ...next, revision: (record?.revision ?? 0) + 1, expiresAt: expiry(now) },
    condition: asRead('revision', record?.revision),
  }
}

const expiry = (now: number) => Math.floor(now / 1000) + KEPT_SECONDS

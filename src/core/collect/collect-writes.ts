import { LATE_MEMBERS } from '../alert/alert-kind.ts'
import {
  absent,
  all,
  any,
  asRead,
  below,
  equals,
  type ItemKey,
  type ItemWrite,
  present,
  runKey,
} from '../run/item-write.ts'
import { dueTime, type Run, type Slot, type TriggerFacts } from '../run/run.ts'
import { beginning } from '../run/run-writes.ts'
import { type Collection, type Member, memberHash } from './collection.ts'

/** A member outlives its run's record: a delivery of old is still known. */
const KEPT_SECONDS = 400 * 24 * 3600
/** Longer than the function's own time limit. */
const CLAIM = 60_000

const MEMBER_PREFIX = 'member#'

const isOpen = all(equals('status', 'COLLECTING'), equals('collect.state', 'open'))

export function memberKey(runId: string, key: string): ItemKey {
  return { pk: `set#${runId}`, sk: `${MEMBER_PREFIX}${memberHash(key)}` }
}

/** Puts a member, or the newer version of one, whose fate is open. */
export function memberWrite(
  runId: string,
  member: Member,
  known: Member | undefined,
  now: number,
): ItemWrite {
  return {
    key: memberKey(runId, member.key),
    mode: 'replace',
    set: { ...member, expiresAt: Math.floor(now / 1000) + KEPT_SECONDS },
    condition: known === undefined ? absent('key') : all(absent('fate'), equals('version', known.version)),
  }
}

/** Keeps an object that was never there out of a set that takes no more: a delivery of it may still be under way. */
export function tooLateWrite(runId: string, member: Member, now: number): ItemWrite {
  return memberWrite(runId, { ...member, fate: 'late' }, undefined, now)
}

/** Decides about a member, once: who closes the set says `taken`, who came too late `late`. */
export function fateWrite(runId: string, key: string, fate: 'taken' | 'late'): ItemWrite {
  return {
    key: memberKey(runId, key),
    mode: 'update',
    set: { fate },
    condition: all(present('key'), any(absent('fate'), equals('fate', fate))),
  }
}

/** A member came, or the manifest or marker. Refused, the set takes no more. */
export function arrivedWrite(
  runId: string,
  { key, version }: Pick<Member, 'key' | 'version'>,
  now: number,
  what: Pick<Collection, 'complete' | 'manifest'> = {},
): ItemWrite {
  return {
    key: runKey(runId),
    mode: 'update',
    set: {
      'collect.lastAt': now,
      // Two uploads of one key are two arrivals, in the same millisecond too.
      'collect.arrival': `${now} ${memberHash(JSON.stringify([key, version])).slice(0, 8)}`,
      'collect.complete': what.complete,
      'collect.manifest': what.manifest,
    },
    condition: isOpen,
  }
}

/** The manifest was looked at, when the run was as it was read. */
export function checkedWrite(
  { runId, collect }: Run,
  { expected, complete }: Pick<Collection, 'expected' | 'complete'>,
): ItemWrite {
  return {
    key: runKey(runId),
    mode: 'update',
    set: {
      'collect.checked': collect?.arrival,
      'collect.expected': expected,
      'collect.complete': complete ? true : undefined,
    },
    condition: isOpen,
  }
}

/** From here on no member is added. */
export function closingWrite(run: Run): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { 'collect.state': 'closing' },
    condition: isOpen,
  }
}

/** Takes the right to decide who is a member, for a minute. */
export function takeClaimWrite(run: Run, now: number): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { 'collect.claimedUntil': now + CLAIM },
    condition: all(
      equals('collect.state', 'closing'),
      any(absent('collect.claimedUntil'), below('collect.claimedUntil', now)),
      asRead('collect.claimedUntil', run.collect?.claimedUntil),
    ),
  }
}

/** The set has its manifest, and the run begins. */
export function collectedWrite(
  claimed: Run,
  trigger: TriggerFacts,
  slot: Slot | undefined,
  now: number,
): ItemWrite {
  return {
    key: runKey(claimed.runId),
    mode: 'update',
    set: { ...beginning(slot), slot, trigger, 'collect.state': 'closed', dueAt: dueTime(now) },
    remove: ['collect.claimedUntil'],
    condition: all(
      equals('status', 'COLLECTING'),
      asRead('collect.claimedUntil', claimed.collect?.claimedUntil),
    ),
  }
}

/** Raises the alert of late members, once for a set, and makes the run due for it. */
export function lateMembersWrite(runId: string, now: number): ItemWrite {
  const path = `alerts.${LATE_MEMBERS}`
  return {
    key: runKey(runId),
    mode: 'update',
    set: { [path]: { state: 'pending' }, dueAt: dueTime(now) },
    condition: all(present('runId'), absent(path)),
  }
}

/** The generation that takes members now; absent is the first. */
export function generationKey(setId: string): ItemKey {
  return { pk: `collect#${setId}`, sk: 'generation' }
}

export function generationWrite(setId: string, from: number): ItemWrite {
  const condition = from === 1 ? absent('generation') : equals('generation', from)
  return { key: generationKey(setId), mode: 'update', set: { generation: from + 1 }, condition }
}

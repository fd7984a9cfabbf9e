import { absent, all, any, asRead, below, equals, type ItemKey, type ItemWrite } from '../run/item-write.ts'

/** What is stored of a schedule. Times in milliseconds. */
export interface ScheduleRecord {
  /** First heard of: no firing from before counts as missed. */
  readonly since?: number
  /** The newest firing heard of. */
  readonly lastFiring?: number
  /** The run that the last firing which was not skipped started. */
  readonly lastRunId?: string
  /** Firings up to this one are known to have happened, or to have been told as missed. */
  readonly checkedUntil?: number
}

/** What became of one firing. A firing is decided once; `missed` is an alert and may still be followed by a run. */
export interface FiringRecord {
  readonly outcome: 'started' | 'skipped' | 'missed'
  readonly runId?: string
  /** The run that the schedule had started before. */
  readonly previous?: string
}

const CHECK_CLAIM = 60_000

/** A firing's record outlives any redelivery and any run of it. */
const KEPT_SECONDS = 100 * 24 * 3600

export function scheduleKey(workflow: string, schedule: string): ItemKey {
  return { pk: `schedule#${workflow}#${schedule}`, sk: 'schedule' }
}

export function firingKey(workflow: string, schedule: string, scheduledTime: number): ItemKey {
  const { pk } = scheduleKey(workflow, schedule)
  return { pk, sk: `firing#${new Date(scheduledTime).toISOString()}` }
}

/** Notes when a schedule was first heard of. */
export function sinceWrite(key: ItemKey, now: number): ItemWrite {
  return { key, mode: 'update', set: { since: now }, condition: absent('since') }
}

/** Makes a run the schedule's current one; of two firings that found the same, one succeeds. */
export function currentRunWrite(key: ItemKey, record: ScheduleRecord, runId: string): ItemWrite {
  return {
    key,
    mode: 'update',
    set: { lastRunId: runId },
    condition: asRead('lastRunId', record.lastRunId),
  }
}

/** Notes the newest firing. */
export function lastFiringWrite(key: ItemKey, scheduledTime: number): ItemWrite {
  return {
    key,
    mode: 'update',
    set: { lastFiring: scheduledTime },
    condition: any(absent('lastFiring'), below('lastFiring', scheduledTime)),
  }
}

/** Decides a firing, once. */
export function firingWrite(key: ItemKey, firing: FiringRecord, now: number): ItemWrite {
  return {
    key,
    mode: 'update',
    set: { ...firing, expiresAt: Math.floor(now / 1000) + KEPT_SECONDS },
    condition: any(absent('outcome'), equals('outcome', 'missed')),
  }
}

/** Takes the right to look for a missed firing for a minute: two sweeps tell of it once. */
export function checkClaimWrite(key: ItemKey, record: ScheduleRecord, now: number): ItemWrite {
  return {
    key,
    mode: 'update',
    set: { checkClaim: now + CHECK_CLAIM },
    condition: all(
      asRead('checkedUntil', record.checkedUntil),
      any(absent('checkClaim'), below('checkClaim', now)),
    ),
  }
}

/** Notes that all firings up to this one are accounted for. */
export function checkedWrite(key: ItemKey, scheduledTime: number): ItemWrite {
  return {
    key,
    mode: 'update',
    set: { checkedUntil: scheduledTime },
    remove: ['checkClaim'],
    condition: any(absent('checkedUntil'), below('checkedUntil', scheduledTime)),
  }
}

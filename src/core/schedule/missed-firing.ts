import { previousFiring, type Timing, timingOf } from './firing-time.ts'
import type { ScheduleRecord } from './schedule-writes.ts'

/** A firing that has no run so long after its time is missed. */
const MISSED_AFTER = 15 * 60_000

/**
 * The firing that ought to have been heard of by now and is not checked yet; undefined when there is none. Of a rate AWS
 * alone knows the phase: its next firing is one interval after the last one. Times in milliseconds.
 */
export function firingToCheck(timing: Timing, record: ScheduleRecord, now: number): number | undefined {
  if (record.since === undefined) return undefined
  const due = dueFiring(timing, record, record.since, now)
  if (due === undefined || due <= record.since || due <= (record.checkedUntil ?? 0)) return undefined
  return due
}

function dueFiring(timing: Timing, record: ScheduleRecord, since: number, now: number): number | undefined {
  const rule = timingOf(timing.expression)
  if (rule.type === 'cron') return previousFiring(timing, now - MISSED_AFTER)
  const next = Math.max(record.lastFiring ?? 0, since) + rule.interval
  return next <= now - MISSED_AFTER ? next : undefined
}

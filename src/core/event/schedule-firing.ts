import { badEvent, objectIn, textIn } from './event-error.ts'

/** A schedule that fired. */
export interface ScheduleFiring {
  readonly workflow: string
  /** From `scheduleId`. */
  readonly schedule: string
  /** When it was to fire, in milliseconds; never when it did. */
  readonly scheduledTime: number
}

/**
 * Reads the event that a schedule of ours sends.
 *
 * @throws BatchwiseError E_EVENT
 */
export function parseScheduleFiring(event: unknown): ScheduleFiring {
  const input = objectIn(event)
  const workflow = textIn(input?.['workflow'])
  const schedule = textIn(input?.['schedule'])
  const scheduledTime = Date.parse(textIn(input?.['scheduledTime']) ?? '')
  if (workflow === undefined || schedule === undefined) {
    throw badEvent('The firing names no workflow and schedule')
  }
  if (Number.isNaN(scheduledTime)) throw badEvent('The firing has no scheduledTime')
  return { workflow, schedule, scheduledTime }
}

import { createHash } from 'node:crypto'
import type { ScheduleTrigger, Workflow } from '../workflow/workflow.ts'

/**
 * A schedule of EventBridge Scheduler with the `on-schedule` function as its target. Deploy writes it into the template,
 * and local mode's own clock fires it.
 */
export interface ScheduleRule {
  /** `<workflow>-<scheduleId>`: unique in a stack, at most 49 characters. */
  readonly name: string
  /** `cron(0 2 * * ? *)` or `rate(1 hour)`. */
  readonly expression: string
  /** Name of the IANA database. */
  readonly timezone: string
  /** The event, with the scheduler's context word for the time that was planned. */
  readonly input: Readonly<Record<string, string>>
}

/** The word that EventBridge Scheduler replaces by the planned time, like `2026-11-21T01:00:00Z`. */
export const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>'

/** The schedules of a stack. */
export function schedulesOf(workflows: readonly Workflow[]): readonly ScheduleRule[] {
  return workflows.flatMap(({ name: workflow, triggers }) =>
    triggers
      .filter(trigger => trigger.type === 'schedule')
      .map(trigger => {
        const schedule = scheduleId(trigger)
        const { expression, timezone } = trigger
        const input = { workflow, schedule, scheduledTime: SCHEDULED_TIME }
        return { name: `${workflow}-${schedule}`, expression, timezone, input }
      }),
  )
}

/** Eight hex digits of when it fires: another expression or zone is another schedule, another place in the file is not. */
export function scheduleId({
  expression,
  timezone,
}: Pick<ScheduleTrigger, 'expression' | 'timezone'>): string {
  return createHash('sha256')
    .update(JSON.stringify([expression, timezone]))
    .digest('hex')
    .slice(0, 8)
}

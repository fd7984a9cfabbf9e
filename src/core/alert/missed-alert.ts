import { eventSecond } from '../schedule/event-second.ts'
import { type AlertMessage, alertMessage } from './alert-message.ts'
import type { AlertPlace } from './failed-alert.ts'
import { timeText, wrapped } from './mail-text.ts'

export interface MissedFiring {
  readonly workflow: string
  readonly expression: string
  readonly timezone: string
  /** Milliseconds. */
  readonly scheduledTime: number
}

/** Tells that a schedule ought to have fired, and no run came of it. */
export function missedAlert(missed: MissedFiring, place: AlertPlace): AlertMessage {
  const { workflow, expression, timezone, scheduledTime } = missed
  const where = place.stage === 'local' ? '' : ` --stage ${place.stage}`
  return alertMessage({
    ...{ workflow, kind: 'missed', stage: place.stage, sms: place.sms },
    summary: `missed: ${eventSecond(scheduledTime)}`,
    detail: `Schedule ${expression} ${timezone} started no run`,
    lines: [
      ...wrapped(
        `Workflow ${workflow} was to run at ${timeText(scheduledTime)}, and has no run 15 minutes later.`,
      ),
      '',
      ...wrapped(
        `Its schedule is ${expression} in ${timezone}. Look at the schedule, at the function on-schedule and at the queue ScheduleDeadLetters.`,
      ),
      '',
      'Start it by hand:',
      `  batchwise start ${workflow}${where}`,
    ],
  })
}

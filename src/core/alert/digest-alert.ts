import { type AlertMessage, alertMessage } from './alert-message.ts'
import type { AlertWindow } from './digest.ts'
import type { AlertPlace } from './failed-alert.ts'
import { lineOfRun, timeText, wrapped } from './mail-text.ts'

/** Tells of the failures of a window that got no message of their own, one line each. */
export function digestAlert(workflow: string, window: AlertWindow, place: AlertPlace): AlertMessage {
  const failures = Object.entries(window.folded)
  const where = place.stage === 'local' ? '' : ` --stage ${place.stage}`
  return alertMessage({
    ...{ workflow, kind: 'failed', stage: place.stage, sms: place.sms },
    summary: `failed: ${failures.length} more runs`,
    detail: `The first ${window.own.length} since ${timeText(window.openedAt)} were told one by one`,
    lines: [
      ...wrapped(
        `${failures.length} more runs of workflow ${workflow} failed. The first ${window.own.length} since ${timeText(window.openedAt)} were told one by one.`,
      ),
      '',
      ...failures.map(([failure, cause]) => lineOfRun(failure.replace(/-\d+$/, ''), cause)),
      '',
      'See them, and retry each with `batchwise retry RUN`:',
      `  batchwise runs --workflow ${workflow} --status FAILED${where}`,
    ],
  })
}

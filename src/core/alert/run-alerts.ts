import { hasEnded, type JobView } from '../run/job-view.ts'
import type { Run } from '../run/run.ts'
import { type AlertMessage, alertMessage } from './alert-message.ts'
import type { AlertPlace } from './failed-alert.ts'
import { spanText, wrapped } from './mail-text.ts'
import { runCommands, runFacts } from './run-facts.ts'

/** Tells that a run has passed its deadline, and what it waits for. */
export function lateAlert(
  run: Run,
  views: Iterable<JobView>,
  deadline: number,
  place: AlertPlace,
): AlertMessage {
  const waiting = [...views].filter(view => !hasEnded(view)).map(({ name, state }) => `${name} (${state})`)
  const limit = spanText(deadline * 1000)
  return alertMessage({
    ...{ workflow: run.workflow, kind: 'late', stage: place.stage, sms: place.sms },
    summary: `is late: not done after ${limit}`,
    detail: `Run ${run.runId}`,
    lines: [
      `Run ${run.runId} of workflow ${run.workflow} is late.`,
      '',
      ...wrapped(`It has not ended ${limit} after it was created, its deadline. It goes on.`),
      ...(waiting.length > 0 ? wrapped(`Not done: ${waiting.join(', ')}.`) : []),
      '',
      ...runFacts(run),
      '',
      ...runCommands(run, place, undefined),
    ],
  })
}

/** Tells that a workflow succeeds again. */
export function recoveredAlert(run: Run, place: AlertPlace): AlertMessage {
  return alertMessage({
    ...{ workflow: run.workflow, kind: 'recovered', stage: place.stage, sms: place.sms },
    summary: 'recovered',
    detail: `Run ${run.runId}`,
    lines: [
      `Run ${run.runId} of workflow ${run.workflow} succeeded.`,
      'It is the first success after a failure.',
      '',
      ...runFacts(run),
      '',
      ...runCommands(run, place, undefined),
    ],
  })
}

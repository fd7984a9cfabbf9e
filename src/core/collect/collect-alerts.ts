import { type AlertMessage, alertMessage } from '../alert/alert-message.ts'
import type { AlertPlace } from '../alert/failed-alert.ts'
import { timeText, wrapped } from '../alert/mail-text.ts'
import type { Run } from '../run/run.ts'
import type { Collect } from '../workflow/workflow.ts'
import type { Member } from './collection.ts'

/** So many keys are named. */
const MOST_KEYS = 20

/** Tells that a set of objects is not complete at its deadline, and what is missing. */
export function incompleteAlert(
  run: Run,
  members: readonly Member[],
  { until }: Collect,
  place: AlertPlace,
): AlertMessage {
  const missing =
    until.type === 'count'
      ? `${members.length} of ${until.count} objects are there`
      : until.type === 'marker'
        ? `${members.length} objects are there, and ${until.name} is not`
        : `${members.length} objects are there`
  return alertMessage({
    ...{ workflow: run.workflow, kind: 'late', stage: place.stage, sms: place.sms },
    summary: 'waits for objects',
    detail: `Set ${run.collect?.by}: ${missing}`,
    lines: [
      `Run ${run.runId} of workflow ${run.workflow} waits for objects.`,
      '',
      ...wrapped(`At the deadline of the set ${run.collect?.by}, ${missing}. It still waits.`),
      `The first one came at ${timeText(run.createdAt)}.`,
      '',
      ...keysOf(members),
      '',
      'Give it up:',
      `  batchwise cancel ${run.runId}${place.stage === 'local' ? '' : ` --stage ${place.stage}`}`,
    ],
  })
}

/** Tells of objects that came after their set was closed. */
export function lateMembersAlert(run: Run, members: readonly Member[], place: AlertPlace): AlertMessage {
  const late = members.filter(({ fate }) => fate === 'late')
  return alertMessage({
    ...{ workflow: run.workflow, kind: 'late', stage: place.stage, sms: place.sms },
    summary: 'got objects too late',
    detail: `Set ${run.collect?.by}, run ${run.runId}`,
    lines: [
      `Run ${run.runId} of workflow ${run.workflow} got objects too late.`,
      '',
      ...wrapped(`They belong to the set ${run.collect?.by}, which was closed before. No run has them.`),
      '',
      ...(late.length > 0 ? keysOf(late) : ['An object of the set was uploaded again.']),
    ],
  })
}

function keysOf(members: readonly Member[]): readonly string[] {
  const shown = members
    .slice(0, MOST_KEYS)
    .flatMap(({ bucket, key }) => wrapped(`s3://${bucket}/${key}`, '  '))
  const more = members.length - MOST_KEYS
  return more > 0 ? [...shown, `  and ${more} more`] : shown
}

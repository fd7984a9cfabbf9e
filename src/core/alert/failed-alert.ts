import { explainEnd } from '../run/explain-end.ts'
import { shownRanges } from '../run/failed-children.ts'
import { isOfStepFunctions } from '../run/job-name.ts'
import { reclaimedTime } from '../run/job-record.ts'
import type { JobView } from '../run/job-view.ts'
import { failedItems } from '../run/part.ts'
import type { Run } from '../run/run.ts'
import type { AlertMessage } from './alert-message.ts'
import { alertMessage } from './alert-message.ts'
import { clause, quotedLine, spanText, timeText, wrapped } from './mail-text.ts'
import { runCommands, runFacts } from './run-facts.ts'

export interface AlertPlace {
  readonly stage: string
  /** Of the AWS account, for links to the console; absent in local mode. */
  readonly region?: string
  readonly sms: boolean
}

/** The job that failed first, by itself: not for a dependency, and not cancelled. Undefined when none did. */
export function rootCause(views: Iterable<JobView>): JobView | undefined {
  return failures(views)[0]
}

function failures(views: Iterable<JobView>): readonly JobView[] {
  const endOf = ({ record }: JobView) => record?.stoppedAt ?? record?.updatedAt ?? 0
  return [...views]
    .filter(view => view.state === 'FAILED' || view.state === 'LOST')
    .sort((a, b) => endOf(a) - endOf(b) || (a.name < b.name ? -1 : 1))
}

/** Why a job failed, in a sentence; of an array which children did. */
export function causeText({ state, record }: JobView): string {
  const failed = record && failedItems(record)
  if (record !== undefined && failed !== undefined) {
    const { count, of, indexes } = failed
    const first = explainEnd(record.failedChildren ?? record)
    return `${count} of ${of} failed: ${shownRanges(indexes)}${first ? `; the first: ${clause(first)}` : ''}`
  }
  const words = record && explainEnd(record)
  if (words !== undefined) return clause(words)
  const who = isOfStepFunctions(record?.jobId ?? '') ? 'Step Functions' : 'AWS Batch'
  return state === 'LOST' ? `${who} lost it` : `${who} gave no reason`
}

/** Tells that a run failed: what failed first and why, the last lines of its log, and how to go on. */
export function failedAlert(
  run: Run,
  views: Iterable<JobView>,
  log: readonly string[],
  place: AlertPlace,
): AlertMessage {
  const jobs = [...views]
  const [first, ...others] = failures(jobs)
  const cause = first === undefined ? 'no job says why' : causeText(first)
  const skipped = jobs.filter(view => view.state === 'SKIPPED' && view.failure).map(view => view.name)
  const name = first?.name ?? 'a job'
  return alertMessage({
    ...{ workflow: run.workflow, kind: 'failed', stage: place.stage, sms: place.sms },
    summary: `failed: ${name}`,
    detail: `${cause}. Run ${run.runId}`,
    lines: [
      `Run ${run.runId} of workflow ${run.workflow} failed.`,
      '',
      ...wrapped(`Job ${name} failed: ${cause}.`),
      ...(first === undefined ? [] : wrapped(attemptsText(first))),
      ...others.flatMap(view => wrapped(`Job ${view.name} failed too: ${causeText(view)}.`)),
      ...(skipped.length > 0 ? wrapped(`Did not run because of that: ${skipped.join(', ')}.`) : []),
      '',
      ...runFacts(run),
      '',
      ...(log.length > 0 ? [`The last lines of ${name}:`, ...log.map(quotedLine), ''] : []),
      ...runCommands(run, place, first?.record?.jobId),
    ],
  })
}

function attemptsText({ record }: JobView): string {
  const { attempts, stoppedAt, exitCode } = record ?? {}
  const lost = record === undefined ? 0 : reclaimedTime(record)
  // Of an array and of a job that never began there are none: its children have them.
  const tried = !attempts ? '' : attempts === 1 ? 'after 1 attempt' : `after ${attempts} attempts`
  const parts = [
    stoppedAt === undefined ? '' : `at ${timeText(stoppedAt)}`,
    tried,
    exitCode === undefined ? '' : `exit code ${exitCode}`,
    lost === 0 ? '' : `${spanText(lost)} of work lost to reclaims`,
  ].filter(part => part !== '')
  return parts.length === 0 ? '' : `It ended ${parts.join(', ')}.`
}

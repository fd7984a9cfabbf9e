import { isOfStepFunctions } from '../run/job-name.ts'
import type { Run } from '../run/run.ts'
import type { AlertPlace } from './failed-alert.ts'
import { timeText, wholeLine } from './mail-text.ts'

/** What started a run, and when. */
export function runFacts({ trigger, createdAt, finishedAt, epoch }: Run): readonly string[] {
  const { uri, objects, scheduledTime, workflow, runId } = trigger.values
  const input =
    uri ??
    (objects && `the set listed in ${objects}`) ??
    (scheduledTime && `schedule, ${scheduledTime}`) ??
    (runId && `run ${runId} of ${workflow}`) ??
    (trigger.type === 'event' ? 'an event' : undefined)
  return [
    ...(input === undefined ? [] : [wholeLine('Input:   ', input)]),
    `Started: ${timeText(createdAt)}${epoch > 1 ? `, retried ${epoch - 1} time(s)` : ''}`,
    ...(finishedAt === undefined ? [] : [`Ended:   ${timeText(finishedAt)}`]),
  ]
}

/** The commands by which to go on. */
export function runCommands(
  { runId, status }: Run,
  { stage, region }: Pick<AlertPlace, 'stage' | 'region'>,
  jobId: string | undefined,
): readonly string[] {
  const where = stage === 'local' ? '' : ` --stage ${stage}`
  const failed = status === 'FAILED' || status === 'CANCELLED'
  return [
    ...(failed
      ? ['Retry what failed, and all that stands on it:', `  batchwise retry ${runId}${where}`]
      : []),
    'See all of it:',
    `  batchwise show ${runId}${where}`,
    ...(region === undefined || jobId === undefined ? [] : [`  ${consoleLink(region, jobId)}`]),
  ]
}

function consoleLink(region: string, jobId: string): string {
  const console = `https://${region}.console.aws.amazon.com`
  return isOfStepFunctions(jobId)
    ? `${console}/states/home?region=${region}#/v2/executions/details/${jobId}`
    : `${console}/batch/home?region=${region}#jobs/detail/${jobId}`
}

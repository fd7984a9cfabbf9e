import type { JobIdentity } from '../run/job-name.ts'
import type { StuckCause } from '../stuck/explain-stuck.ts'
import type { ComputeEnvironment, QueueLook } from '../stuck/queue-look.ts'
import { localSizeNote } from '../stuck/size-cause.ts'
import { type AlertMessage, alertMessage } from './alert-message.ts'
import type { AlertPlace } from './failed-alert.ts'
import { spanText, timeText, wrapped } from './mail-text.ts'

export interface StuckQueue {
  readonly queue: string
  readonly cause: StuckCause
  readonly look: QueueLook
  readonly headJobId: string
  /** Milliseconds: since when the job stands at the head of the queue. */
  readonly since: number
  readonly now: number
  /** Which of our jobs stands there; absent for a job of somebody else. */
  readonly ours?: JobIdentity
  /** Workflows whose jobs wait there, at least one. */
  readonly workflows: readonly string[]
}

/** Tells that a queue does not move, why, and what mends it. */
export function stuckAlert(stuck: StuckQueue, place: AlertPlace): AlertMessage {
  const { queue, cause, look, headJobId, since, now, ours, workflows } = stuck
  const { stage, region, sms } = place
  const where = stage === 'local' ? '' : ` --stage ${stage}`
  const waits = `has been waiting for a machine for ${spanText(now - since)}`
  return alertMessage({
    ...{ workflow: ours?.workflow ?? workflows[0] ?? '', kind: 'stuck', stage, sms },
    summary: `stuck: queue ${queue}`,
    detail: `${cause.text}. ${headName(stuck)} waits for ${spanText(now - since)}`,
    lines: [
      ...wrapped(`Job queue ${queue} is stuck: ${cause.text}.`),
      '',
      ...wrapped(cause.mend),
      ...(stage === 'local' ? wrapped(localSizeNote(cause) ?? '') : []),
      '',
      ...wrapped(`Its first job, ${headName(stuck)}, ${waits}. What was submitted after it waits, too.`),
      '',
      ...wrapped(
        `Waiting: jobs of ${workflows.length === 1 ? 'workflow' : 'workflows'} ${workflows.join(', ')}`,
      ),
      `Since:   ${timeText(since)}`,
      ...(look.job?.statusReason === undefined ? [] : wrapped(`AWS Batch says: ${look.job.statusReason}`)),
      ...look.environments.flatMap(environment => wrapped(environmentText(environment))),
      '',
      'See all of it:',
      `  batchwise doctor${where}`,
      ...(ours === undefined ? [] : [`  batchwise show ${ours.runId}${where}`]),
      ...(region === undefined
        ? []
        : [
            `  https://${region}.console.aws.amazon.com/batch/home?region=${region}#jobs/detail/${headJobId}`,
          ]),
    ],
  })
}

function headName({ ours, look, headJobId }: StuckQueue): string {
  if (ours !== undefined) return `${ours.job} of run ${ours.runId}`
  return look.job === undefined ? `the job ${headJobId}` : `the job ${look.job.jobName}`
}

function environmentText({ name, isEnabled, isValid, maxvCpus }: ComputeEnvironment): string {
  const state = `${isEnabled ? 'ENABLED' : 'DISABLED'}, ${isValid ? 'VALID' : 'INVALID'}`
  return `Compute environment ${name}: ${state}${maxvCpus === undefined ? '' : `, at most ${maxvCpus} vCPUs`}`
}

import type { Stop } from '../engine/job.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { findJob } from './submitted-job.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_CancelJob.html */
export const cancelJob = operation(validate, (context, input) => act(context, input, 'cancel'))

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_TerminateJob.html */
export const terminateJob = operation(validate, (context, input) => act(context, input, 'terminate'))

interface Input {
  readonly jobId: string
  readonly reason: string
}

function validate(members: Members): Input {
  return { reason: parseReason(members), jobId: members.requiredText('jobId') }
}

/** Unknown and expired jobs count as stopped: that is what the bulk calls of Batch say of them. */
function act(context: Context, { jobId, reason }: Input, kind: Stop['kind']): object {
  stopIfKnown(context, jobId, { kind, reason })
  return {}
}

/** Reads `reason`, which becomes the job's statusReason. */
export function parseReason(members: Members): string {
  const reason = members.requiredText('reason')
  if (reason.length > 1024) throw clientException('reason may have at most 1024 characters.')
  return reason
}

export function stopIfKnown(context: Context, jobId: string, stop: Stop): void {
  const job = findJob(context, jobId)
  if (job !== undefined) context.perform(context.engine.stop(job, stop, context.now()))
}

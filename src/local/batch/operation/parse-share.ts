import type { JobShare } from '../engine/job.ts'
import type { JobDefinition, JobQueue } from '../resource/records.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import type { Context } from './context.ts'
import { checkShareLimit, isShareIdentifier } from './scheduling-policy.ts'

/**
 * Reads `shareIdentifier` and `schedulingPriorityOverride`: both needed on a queue with a fair-share policy, the
 * latter unless the definition has a priority, and neither allowed on any other queue.
 */
export function parseShare(
  members: Members,
  queue: JobQueue,
  definition: JobDefinition,
  context: Context,
): JobShare | undefined {
  if (queue.schedulingPolicyArn === undefined) return refuseShare(members)
  const identifier = members.text('shareIdentifier') ?? ''
  if (identifier === '') throw clientException('shareIdentifier must be specified.')
  if (!isShareIdentifier(identifier))
    throw clientException('shareIdentifier must be 1 to 255 letters and digits.')
  const priority = members.integer('schedulingPriorityOverride', 0, 9999) ?? definition.schedulingPriority
  if (priority === undefined) {
    throw clientException(
      'Either schedulingPriority in job definition or schedulingPriorityOverride should be specified.',
    )
  }
  checkShareLimit(context, queue.jobQueueName, identifier)
  return { identifier, priority }
}

function refuseShare(members: Members): undefined {
  if (!members.has('shareIdentifier') && !members.has('schedulingPriorityOverride')) return undefined
  throw clientException(
    'Job with shareIdentifier or schedulingPriority can onlybe submitted to job queue with fair share scheduling policy.',
  )
}

import { LIMITED_CODES } from '../engine/block-reason.ts'
import type { JobQueue, JobStateTimeLimitAction } from '../resource/records.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import type { Context } from './context.ts'

const LONGEST = 86_400

/**
 * Reads `jobStateTimeLimitActions`. `reason` is no message: it names the cause for which a job is cancelled.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_JobStateTimeLimitAction.html
 */
export function parseTimeLimitActions(
  members: Members,
  context: Context,
): Pick<JobQueue, 'jobStateTimeLimitActions'> {
  const actions = members.list('jobStateTimeLimitActions')?.map(action => parseAction(action, context))
  return actions === undefined ? {} : { jobStateTimeLimitActions: actions }
}

function parseAction(members: Members, { shortestTimeLimit }: Context): JobStateTimeLimitAction {
  const reason = LIMITED_CODES.find(code => code === members.text('reason'))
  if (reason === undefined) {
    throw clientException(`Invalid job reason. It must be one of ${LIMITED_CODES.join(', ')}.`)
  }
  const maxTimeSeconds = members.integer('maxTimeSeconds', shortestTimeLimit, LONGEST)
  if (maxTimeSeconds === undefined) throw clientException('maxTimeSeconds is required.')
  members.requiredText('state')
  members.requiredText('action')
  const state = members.oneOf('state', ['RUNNABLE']) ?? 'RUNNABLE'
  const action = members.oneOf('action', ['CANCEL']) ?? 'CANCEL'
  return { reason, state, maxTimeSeconds, action }
}

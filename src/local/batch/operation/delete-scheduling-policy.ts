import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { knownPolicy, queuesWith } from './scheduling-policy.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_DeleteSchedulingPolicy.html */
export const deleteSchedulingPolicy = operation(validate, act)

function validate(members: Members): string {
  return members.requiredText('arn')
}

/** A policy that a queue has stays. */
function act(context: Context, arn: string): object {
  const policy = knownPolicy(context, arn)
  const [queue] = queuesWith(context, policy)
  if (queue !== undefined) {
    throw clientException(`Cannot delete, SchedulingPolicy is attached to JobQueue ${queue.jobQueueName}.`)
  }
  context.change({ policyDeleted: policy.name })
  return {}
}

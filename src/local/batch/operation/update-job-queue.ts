import type { ComputeEnvironmentOrder, JobQueue } from '../resource/records.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { keepQueue, knownQueue, parseOrder, parsePolicy } from './job-queue.ts'
import { parseTimeLimitActions } from './time-limit-actions.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_UpdateJobQueue.html */
export const updateJobQueue = operation(validate, act)

interface Input {
  readonly name: string
  readonly state: 'ENABLED' | 'DISABLED' | undefined
  readonly priority: number | undefined
  readonly order: readonly ComputeEnvironmentOrder[] | undefined
  readonly policy: Pick<JobQueue, 'schedulingPolicyArn'>
  readonly actions: Pick<JobQueue, 'jobStateTimeLimitActions'>
}

function validate(members: Members, context: Context): Input {
  members.refuse('serviceEnvironmentOrder')
  return {
    name: members.requiredText('jobQueue'),
    state: members.oneOf('state', ['ENABLED', 'DISABLED']),
    priority: members.integer('priority', 0, 2147483647),
    order: parseOrder(members, context),
    policy: parsePolicy(members, context),
    actions: parseTimeLimitActions(members, context),
  }
}

function act(context: Context, { name, state, priority, order, policy, actions }: Input): object {
  const before = knownQueue(context, name)
  if (before.schedulingPolicyArn === undefined && policy.schedulingPolicyArn !== undefined) {
    throw clientException(
      `JobQueue ${before.jobQueueName} was made without a scheduling policy and cannot get one; create another queue.`,
    )
  }
  keepQueue(context, {
    ...before,
    state: state ?? before.state,
    priority: priority ?? before.priority,
    computeEnvironmentOrder: order ?? before.computeEnvironmentOrder,
    ...policy,
    ...actions,
  })
  return { jobQueueName: before.jobQueueName, jobQueueArn: before.jobQueueArn }
}

import type { FairsharePolicy } from '../resource/records.ts'
import type { Members } from '../wire/members.ts'
import { type Context, operation } from './context.ts'
import { serve } from './job-queue.ts'
import { knownPolicy, parseFairShare, queuesWith } from './scheduling-policy.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_UpdateSchedulingPolicy.html */
export const updateSchedulingPolicy = operation(validate, act)

interface Input {
  readonly arn: string
  readonly fairsharePolicy: FairsharePolicy | undefined
}

function validate(members: Members): Input {
  const fairsharePolicy = parseFairShare(members)
  return {
    arn: members.requiredText('arn'),
    fairsharePolicy: members.object('fairsharePolicy') === undefined ? undefined : fairsharePolicy,
  }
}

/** The policy is replaced as a whole; its queues follow at once. */
function act(context: Context, { arn, fairsharePolicy }: Input): object {
  const before = knownPolicy(context, arn)
  const policy = { ...before, fairsharePolicy: fairsharePolicy ?? before.fairsharePolicy }
  context.change({ policy })
  for (const queue of queuesWith(context, policy)) context.perform(serve(context, queue))
  return {}
}

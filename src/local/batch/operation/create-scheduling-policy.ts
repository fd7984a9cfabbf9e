import { arnOf } from '../resource/arn.ts'
import type { SchedulingPolicy } from '../resource/records.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { parseTags, resourceName } from './name.ts'
import { parseFairShare } from './scheduling-policy.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateSchedulingPolicy.html */
export const createSchedulingPolicy = operation(validate, act)

type Input = Omit<SchedulingPolicy, 'arn'>

function validate(members: Members): Input {
  return {
    name: resourceName(members, 'name'),
    fairsharePolicy: parseFairShare(members),
    tags: parseTags(members),
  }
}

function act(context: Context, input: Input): object {
  if (context.registry.policies.has(input.name)) throw clientException('Object already exists')
  const arn = arnOf(context.identity, 'scheduling-policy', input.name)
  context.change({ policy: { ...input, arn } })
  return { name: input.name, arn }
}

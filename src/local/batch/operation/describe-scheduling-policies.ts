import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_DescribeSchedulingPolicies.html */
export const describeSchedulingPolicies = operation(validate, act)

function validate(members: Members): readonly string[] {
  const arns = members.texts('arns')
  if (arns === undefined) throw clientException('arns is required.')
  if (arns.length > 100) throw clientException('arns may have at most 100 entries.')
  return arns
}

/** Unknown ones are left out. */
function act(context: Context, arns: readonly string[]): object {
  return { schedulingPolicies: arns.flatMap(arn => context.registry.findPolicy(arn) ?? []) }
}

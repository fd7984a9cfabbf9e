import type { Members } from '../wire/members.ts'
import { type Context, operation } from './context.ts'
import { activeDefinition } from './job-definition.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_DeregisterJobDefinition.html */
export const deregisterJobDefinition = operation(validate, act)

function validate(members: Members): string {
  return members.requiredText('jobDefinition')
}

/** The revision stays known, but takes no new jobs; its numbers are not used again. */
function act(context: Context, nameOrArn: string): object {
  context.change({ definition: { ...activeDefinition(context, nameOrArn), status: 'INACTIVE' } })
  return {}
}

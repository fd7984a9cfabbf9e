import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { isInUse } from './compute-environment.ts'
import { type Context, operation } from './context.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_DeleteComputeEnvironment.html */
export const deleteComputeEnvironment = operation(validate, act)

function validate(members: Members): string {
  return members.requiredText('computeEnvironment')
}

/** Deleting what is not there is no error. */
function act(context: Context, nameOrArn: string): object {
  const environment = context.registry.findEnvironment(nameOrArn)
  if (environment === undefined) return {}
  if (environment.state !== 'DISABLED')
    throw clientException('Cannot delete, resource must be in DISABLED state.')
  if (isInUse(context, environment))
    throw clientException('Cannot delete, found existing JobQueue relationship')
  context.change({ environmentDeleted: environment.computeEnvironmentName })
  context.engine.removeEnvironment(environment.computeEnvironmentName)
  return {}
}

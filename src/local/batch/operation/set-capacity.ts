import type { Members } from '../wire/members.ts'
import { knownEnvironment } from './compute-environment.ts'
import { type Context, operation } from './context.ts'

/**
 * No operation of AWS: plays that instances of a type cannot be had, for tests and demos. Nothing starts in the
 * compute environment while `unavailableInstanceType` is set; without it, all is well again. Forgotten at a restart.
 */
export const setCapacity = operation(validate, act)

interface Input {
  readonly environment: string
  readonly unavailable: string | undefined
}

function validate(members: Members): Input {
  return {
    environment: members.requiredText('computeEnvironment'),
    unavailable: members.text('unavailableInstanceType'),
  }
}

function act(context: Context, { environment, unavailable }: Input): object {
  const { computeEnvironmentName } = knownEnvironment(context, environment)
  context.perform(context.engine.setOutage(computeEnvironmentName, unavailable, context.now()))
  return {}
}

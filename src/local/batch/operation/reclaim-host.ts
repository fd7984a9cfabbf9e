import { jobIdOf } from '../engine/job.ts'
import type { Members } from '../wire/members.ts'
import { knownEnvironment } from './compute-environment.ts'
import { type Context, operation } from './context.ts'
import { newInstanceId } from './instance-id.ts'

/**
 * No operation of AWS: plays what Spot does when it takes an instance back, for tests and demos. All attempts in a
 * compute environment are killed and end with `Host EC2 (instance i-...) terminated.`
 */
export const reclaimHost = operation(validate, act)

function validate(members: Members): string {
  return members.requiredText('computeEnvironment')
}

function act(context: Context, nameOrArn: string): object {
  const { computeEnvironmentName } = knownEnvironment(context, nameOrArn)
  const instanceId = newInstanceId()
  const { jobs, effects } = context.engine.reclaimHost(computeEnvironmentName, instanceId, context.now())
  context.perform(effects)
  return { instanceId, jobs: jobs.map(jobIdOf) }
}

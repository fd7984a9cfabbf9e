import type { Members } from '../wire/members.ts'
import { keepEnvironment, knownEnvironment } from './compute-environment.ts'
import { type Context, operation } from './context.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_UpdateComputeEnvironment.html */
export const updateComputeEnvironment = operation(validate, act)

interface Input {
  readonly name: string
  readonly state: 'ENABLED' | 'DISABLED' | undefined
  readonly unmanagedvCpus: number | undefined
  readonly resources: Readonly<Record<string, unknown>>
  readonly maxvCpus: number | undefined
}

function validate(members: Members): Input {
  const resources = members.object('computeResources')
  return {
    name: members.requiredText('computeEnvironment'),
    state: members.oneOf('state', ['ENABLED', 'DISABLED']),
    unmanagedvCpus: members.integer('unmanagedvCpus', 0, 1_000_000),
    resources: resources?.values ?? {},
    maxvCpus: resources?.integer('maxvCpus', 1, 1_000_000),
  }
}

function act(context: Context, { name, state, unmanagedvCpus, resources, maxvCpus }: Input): object {
  const before = knownEnvironment(context, name)
  const known = before.computeResources
  const merged = known && { ...known, ...resources, type: known.type, maxvCpus: maxvCpus ?? known.maxvCpus }
  keepEnvironment(context, {
    ...before,
    state: state ?? before.state,
    ...(merged === undefined ? {} : { computeResources: merged }),
    ...(unmanagedvCpus === undefined ? {} : { unmanagedvCpus }),
  })
  const { computeEnvironmentName, computeEnvironmentArn } = before
  return { computeEnvironmentName, computeEnvironmentArn }
}

import { randomUUID } from 'node:crypto'
import { arnOf } from '../resource/arn.ts'
import type { ComputeEnvironment } from '../resource/records.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { keepEnvironment } from './compute-environment.ts'
import { type Context, operation } from './context.ts'
import { parseTags, resourceName } from './name.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateComputeEnvironment.html */
export const createComputeEnvironment = operation(validate, act)

type Input = Omit<ComputeEnvironment, 'computeEnvironmentArn' | 'uuid'>

const TYPES = ['EC2', 'SPOT', 'FARGATE', 'FARGATE_SPOT'] as const

function validate(members: Members): Input {
  members.refuse('eksConfiguration')
  members.requiredText('type')
  const type = members.oneOf('type', ['MANAGED', 'UNMANAGED']) ?? 'MANAGED'
  const serviceRole = members.text('serviceRole')
  const unmanagedvCpus = members.integer('unmanagedvCpus', 0, 1_000_000)
  if (type === 'MANAGED' && !members.has('computeResources')) {
    throw clientException('computeResources is required for a MANAGED compute environment.')
  }
  return {
    computeEnvironmentName: resourceName(members, 'computeEnvironmentName'),
    type,
    state: members.oneOf('state', ['ENABLED', 'DISABLED']) ?? 'ENABLED',
    ...parseComputeResources(members.object('computeResources')),
    ...(serviceRole === undefined ? {} : { serviceRole }),
    ...(unmanagedvCpus === undefined ? {} : { unmanagedvCpus }),
    tags: parseTags(members),
  }
}

function act(context: Context, input: Input): object {
  if (context.registry.environments.has(input.computeEnvironmentName))
    throw clientException('Object already exists')
  const arn = arnOf(context.identity, 'compute-environment', input.computeEnvironmentName)
  keepEnvironment(context, { ...input, computeEnvironmentArn: arn, uuid: randomUUID() })
  return { computeEnvironmentName: input.computeEnvironmentName, computeEnvironmentArn: arn }
}

function parseComputeResources(members: Members | undefined): Pick<ComputeEnvironment, 'computeResources'> {
  if (members === undefined) return {}
  members.requiredText('type')
  const type = members.oneOf('type', TYPES) ?? 'EC2'
  const maxvCpus = members.integer('maxvCpus', 1, 1_000_000)
  if (maxvCpus === undefined) throw clientException('computeResources.maxvCpus is required.')
  return { computeResources: { ...members.values, type, maxvCpus } }
}

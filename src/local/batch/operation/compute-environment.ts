import { arnOf } from '../resource/arn.ts'
import type { ComputeEnvironment } from '../resource/records.ts'
import type { ContainerShape } from '../submission.ts'
import { clientException } from '../wire/wire-error.ts'
import type { Context } from './context.ts'

/** Keeps a compute environment and lets the engine place jobs in it. */
export function keepEnvironment(context: Context, environment: ComputeEnvironment): void {
  context.change({ environment })
  context.perform(scheduleIn(context, environment))
}

/** Tells the engine what the environment has. */
export function scheduleIn(context: Context, environment: ComputeEnvironment) {
  const { engine, machine, now } = context
  const { computeEnvironmentName, state, computeResources, unmanagedvCpus } = environment
  const total = { ...machine, vcpus: computeResources?.maxvCpus ?? unmanagedvCpus ?? 0 }
  return engine.setEnvironment(computeEnvironmentName, state === 'ENABLED', total, now())
}

/** @throws ClientException when there is none */
export function knownEnvironment(context: Context, nameOrArn: string): ComputeEnvironment {
  const environment = context.registry.findEnvironment(nameOrArn)
  if (environment === undefined) throw clientException(`ComputeEnvironment ${nameOrArn} not found.`)
  return environment
}

/** True when its machines are Fargate's: its queue then takes Fargate jobs only. */
export function isFargate(environment: ComputeEnvironment): boolean {
  return environment.computeResources?.type.startsWith('FARGATE') === true
}

/** A compute environment as `DescribeComputeEnvironments` shows it. */
export function describeEnvironment(context: Context, environment: ComputeEnvironment): ContainerShape {
  const { region, account } = context.identity
  const cluster = `${environment.computeEnvironmentName}_Batch_${environment.uuid}`
  return {
    ...environment,
    ecsClusterArn: `arn:aws:ecs:${region}:${account}:cluster/${cluster}`,
    status: 'VALID',
    statusReason: 'ComputeEnvironment Healthy',
    containerOrchestrationType: 'ECS',
  }
}

/** True while a queue names it. */
export function isInUse(context: Context, environment: ComputeEnvironment): boolean {
  const arn = arnOf(context.identity, 'compute-environment', environment.computeEnvironmentName)
  return [...context.registry.queues.values()].some(queue =>
    queue.computeEnvironmentOrder.some(each => each.computeEnvironment === arn),
  )
}

import {
  type BatchClient,
  type ComputeEnvironmentDetail,
  DescribeComputeEnvironmentsCommand,
} from '@aws-sdk/client-batch'
import type { ComputeEnvironment } from '../core/stuck/queue-look.ts'

export interface EnvironmentReader {
  /** By names or ARNs; those that are not there are left out. */
  environments(names: readonly string[]): Promise<readonly ComputeEnvironment[]>
}

const AT_ONCE = 100

export function createEnvironmentReader(client: BatchClient): EnvironmentReader {
  return {
    async environments(names) {
      const found: ComputeEnvironment[] = []
      for (let start = 0; start < names.length; start += AT_ONCE) {
        const { computeEnvironments = [] } = await client.send(
          new DescribeComputeEnvironmentsCommand({
            computeEnvironments: names.slice(start, start + AT_ONCE),
          }),
        )
        found.push(...computeEnvironments.map(environmentOf))
      }
      return found
    },
  }
}

function environmentOf(detail: ComputeEnvironmentDetail): ComputeEnvironment {
  const { computeEnvironmentName, state, status, statusReason, computeResources } = detail
  const { type, maxvCpus, desiredvCpus, instanceTypes = [] } = computeResources ?? {}
  return {
    name: computeEnvironmentName ?? '',
    isEnabled: state === 'ENABLED',
    isValid: status === 'VALID',
    statusReason: statusReason ?? '',
    isFargate: type?.startsWith('FARGATE') === true,
    ...(maxvCpus !== undefined && { maxvCpus }),
    ...(desiredvCpus !== undefined && { desiredvCpus }),
    instanceTypes,
  }
}

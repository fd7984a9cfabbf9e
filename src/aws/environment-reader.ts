import { type BatchClient, DescribeComputeEnvironmentsCommand } from '@aws-sdk/client-batch'

/** A compute environment as Batch describes it. */
export interface ComputeEnvironment {
  readonly name: string
  readonly isEnabled: boolean
  readonly isValid: boolean
  readonly statusReason: string
}

export interface EnvironmentReader {
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
        for (const { computeEnvironmentName, state, status, statusReason } of computeEnvironments) {
          found.push({
            name: computeEnvironmentName ?? '',
            isEnabled: state === 'ENABLED',
            isValid: status === 'VALID',
            statusReason: statusReason ?? '',
          })
        }
      }
      return found
    },
  }
}

import { type BatchClient, paginateDescribeJobQueues } from '@aws-sdk/client-batch'

/** A job queue as Batch describes it. */
export interface DescribedQueue {
  readonly name: string
  readonly isEnabled: boolean
  readonly isValid: boolean
  readonly statusReason: string
  /** Names or ARNs, in the order in which they are tried. */
  readonly environments: readonly string[]
}

export interface QueueReader {
  /** All of the account and region, in the order of their names. */
  queues(): Promise<readonly DescribedQueue[]>
  names(): Promise<readonly string[]>
}

export function createQueueReader(client: BatchClient): QueueReader {
  async function queues(): Promise<readonly DescribedQueue[]> {
    const found: DescribedQueue[] = []
    for await (const { jobQueues = [] } of paginateDescribeJobQueues({ client }, {})) {
      for (const { jobQueueName, state, status, statusReason, computeEnvironmentOrder = [] } of jobQueues) {
        if (jobQueueName === undefined) continue
        found.push({
          name: jobQueueName,
          isEnabled: state === 'ENABLED',
          isValid: status === 'VALID',
          statusReason: statusReason ?? '',
          environments: computeEnvironmentOrder.flatMap(({ computeEnvironment }) => computeEnvironment ?? []),
        })
      }
    }
    return found.sort((a, b) => (a.name < b.name ? -1 : 1))
  }
  return { queues, names: async () => (await queues()).map(({ name }) => name) }
}

import { DescribeEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { BatchwiseError } from '../core/errors.ts'
import type { ClientTarget } from './client-target.ts'
import type { StackNames } from './stack-names.ts'

/** Resources of a stack whose names CloudFormation makes. */
export interface StackResources {
  readonly table: string
  /** ARN of the topic for alerts. */
  readonly topic: string
  readonly inputBucket: string
  readonly outputBucket: string
}

/**
 * Reads what a stage's resources are called from the description of its bus, where deploy has written it.
 *
 * @throws BatchwiseError E_NOT_DEPLOYED
 */
export async function readStackResources(
  target: ClientTarget,
  { stage, bus }: StackNames,
): Promise<StackResources> {
  const client = new EventBridgeClient({ ...target, maxAttempts: 4 })
  const { Description } = await client.send(new DescribeEventBusCommand({ Name: bus }))
  const { table, topic, inputBucket, outputBucket } = textsOf(Description)
  if (table === undefined || topic === undefined || inputBucket === undefined || outputBucket === undefined) {
    throw new BatchwiseError(
      'E_NOT_DEPLOYED',
      `The bus ${bus} does not describe its stack. Deploy it with this version: \`npx serverless deploy --stage ${stage}\`.`,
    )
  }
  return { table, topic, inputBucket, outputBucket }
}

function textsOf(json: string | undefined): Readonly<Record<string, string | undefined>> {
  try {
    const value: unknown = JSON.parse(json ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {}
  } catch {
    return {} // a bus that somebody else described
  }
}

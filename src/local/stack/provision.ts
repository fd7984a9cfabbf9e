import { availableParallelism, totalmem } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeComputeEnvironmentsCommand,
  DescribeJobDefinitionsCommand,
  DescribeJobQueuesCommand,
  RegisterJobDefinitionCommand,
  type RegisterJobDefinitionCommandInput,
} from '@aws-sdk/client-batch'
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb'
import { BatchwiseError } from '../../core/errors.ts'
import { LOCAL_TABLE } from './local-names.ts'

/** Milliseconds. */
const ACTIVE_WITHIN = 5_000

/** How clients reach this local AWS. */
export interface ClientTarget {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/**
 * Makes the table, if it is not there, from the properties in serverless.yml that CreateTable has too. It can be used
 * when this has settled.
 *
 * @throws BatchwiseError E_DATA_FOLDER when it does not become usable
 */
export async function provisionTable(
  target: ClientTarget,
  properties: Readonly<Record<string, unknown>>,
): Promise<void> {
  const client = new DynamoDBClient(target)
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = properties
  const input = {
    TableName: LOCAL_TABLE,
    AttributeDefinitions,
    KeySchema,
    GlobalSecondaryIndexes,
    BillingMode,
  }
  try {
    await client.send(new CreateTableCommand(input as unknown as CreateTableCommandInput))
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceInUseException') throw error // it is there already
  }
  try {
    await untilActive(client)
  } finally {
    client.destroy()
  }
}

/** The embedded DynamoDB takes a turn or two until items can be written. */
async function untilActive(client: DynamoDBClient): Promise<void> {
  const giveUpAt = performance.now() + ACTIVE_WITHIN
  while (performance.now() < giveUpAt) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: LOCAL_TABLE }))
    if (Table?.TableStatus === 'ACTIVE') return
    await pause(1)
  }
  throw new BatchwiseError(
    'E_DATA_FOLDER',
    'The table in the data folder does not become active. Start again; if that repeats, choose another folder with --data.',
  )
}

interface LocalQueue {
  readonly name: string
  readonly environment: string
  readonly priority: number
}

/** The queues of `workflow-file.md`; all but the EC2 one share this machine. */
const QUEUES: readonly LocalQueue[] = [
  { name: 'high', environment: 'local', priority: 100 },
  { name: 'on-demand', environment: 'local', priority: 50 },
  { name: 'default', environment: 'local', priority: 10 },
  { name: 'low', environment: 'local', priority: 1 },
  { name: 'ec2-spot', environment: 'local-ec2', priority: 10 },
]

/** Makes compute environments of this machine's size, the queues, and the job definitions; what is there stays. */
export async function provisionBatch(
  target: ClientTarget,
  definitions: readonly RegisterJobDefinitionCommandInput[],
): Promise<void> {
  const client = new BatchClient(target)
  try {
    await provisionEnvironments(client)
    await provisionQueues(client)
    for (const definition of definitions) await provisionDefinition(client, fitted(definition))
  } finally {
    client.destroy()
  }
}

async function provisionEnvironments(client: BatchClient): Promise<void> {
  const { computeEnvironments = [] } = await client.send(new DescribeComputeEnvironmentsCommand({}))
  for (const [computeEnvironmentName, type] of [
    ['local', 'FARGATE'],
    ['local-ec2', 'EC2'],
  ] as const) {
    if (computeEnvironments.some(known => known.computeEnvironmentName === computeEnvironmentName)) continue
    await client.send(
      new CreateComputeEnvironmentCommand({
        computeEnvironmentName,
        type: 'MANAGED',
        computeResources: {
          type,
          maxvCpus: machineCpus(),
          subnets: ['subnet-local'],
          securityGroupIds: ['sg-local'],
          ...(type === 'EC2' && { minvCpus: 0, instanceTypes: ['optimal'], instanceRole: 'local' }),
        },
      }),
    )
  }
}

async function provisionQueues(client: BatchClient): Promise<void> {
  const { jobQueues = [] } = await client.send(new DescribeJobQueuesCommand({}))
  for (const { name, environment, priority } of QUEUES) {
    if (jobQueues.some(known => known.jobQueueName === name)) continue
    await client.send(
      new CreateJobQueueCommand({
        jobQueueName: name,
        priority,
        computeEnvironmentOrder: [{ order: 1, computeEnvironment: environment }],
      }),
    )
  }
}

/** A definition's name holds a hash of its content: one of that name is this one. */
async function provisionDefinition(
  client: BatchClient,
  definition: RegisterJobDefinitionCommandInput,
): Promise<void> {
  const { jobDefinitions = [] } = await client.send(
    new DescribeJobDefinitionsCommand({ jobDefinitionName: definition.jobDefinitionName, status: 'ACTIVE' }),
  )
  if (jobDefinitions.length === 0) await client.send(new RegisterJobDefinitionCommand(definition))
}

function machineCpus(): number {
  return Math.max(1, availableParallelism())
}

/** Batch's Fargate sizes: vCPU and the least memory (MiB) each comes with. */
const FARGATE = [
  { vcpu: 0.25, memory: 512 },
  { vcpu: 0.5, memory: 1024 },
  { vcpu: 1, memory: 2048 },
  { vcpu: 2, memory: 4096 },
  { vcpu: 4, memory: 8192 },
  { vcpu: 8, memory: 16_384 },
  { vcpu: 16, memory: 32_768 },
] as const

/**
 * A job that asks for more than this machine has gets all of it: on a laptop it is to run, not to wait for ever.
 */
function fitted(definition: RegisterJobDefinitionCommandInput): RegisterJobDefinitionCommandInput {
  const requirements = definition.containerProperties?.resourceRequirements ?? []
  const asked = Number(requirements.find(({ type }) => type === 'VCPU')?.value ?? 0)
  const memory = Number(requirements.find(({ type }) => type === 'MEMORY')?.value ?? 0)
  const cpus = machineCpus()
  const machineMemory = Math.floor(totalmem() / 1024 ** 2)
  if (asked <= cpus && memory <= machineMemory) return definition
  const size =
    FARGATE.findLast(({ vcpu, memory }) => vcpu <= Math.min(asked, cpus) && memory <= machineMemory) ??
    FARGATE[0]
  return {
    ...definition,
    containerProperties: {
      ...definition.containerProperties,
      resourceRequirements: [
        { type: 'VCPU', value: String(size.vcpu) },
        { type: 'MEMORY', value: String(size.memory) },
      ],
    },
  }
}

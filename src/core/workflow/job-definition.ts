import { createHash } from 'node:crypto'
import { BatchwiseError } from '../errors.ts'
import { recordOf } from './tree.ts'
import type { ImageContainer, Job, RetryStrategy } from './workflow.ts'

/** As RegisterJobDefinition takes it. @see https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html */
export interface JobDefinitionRequest {
  readonly jobDefinitionName: string
  readonly type: 'container'
  readonly platformCapabilities: ['FARGATE' | 'EC2']
  readonly containerProperties: Readonly<Record<string, unknown>>
  readonly retryStrategy?: RetryStrategy
  readonly timeout?: { readonly attemptDurationSeconds: number }
}

export interface JobDefinitionSettings {
  /** From `jobDefinitionName`. */
  readonly name: string
  /** For jobs on Fargate, or with secrets, that name no execution role: they need one. */
  readonly executionRole: string
  readonly logGroup: string
}

type Properties = Readonly<Record<string, unknown>>

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/

/**
 * `<stack>-<workflow>-<job>-<8 hex digits of its content>`: a definition that changes gets a new name, so a run in
 * flight keeps its own. The content is the job as it was read, before `resolveStack`: all stages agree on the digits.
 *
 * @throws {BatchwiseError} E112 when Batch would refuse the name.
 */
export function jobDefinitionName(stack: string, workflowName: string, jobName: string, job: Job): string {
  const { container, timeout, retry } = job
  const content = canonicalJson({ container, timeout, retry })
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8)
  const name = `${stack}-${workflowName}-${jobName}-${hash}`
  if (NAME.test(name)) return name
  const rule = 'Batch takes letters, digits, `-` and `_`, at most 128. Shorten the name of the stack.'
  throw new BatchwiseError('E112', `"${name}" cannot be the name of a job definition: ${rule}`)
}

/**
 * The job definition of a job with an image, resolved by `resolveStack`. It has no command and no environment: every
 * submission brings its own. What `containerProperties` gives replaces ours, property by property. Undefined for a job whose definition exists already.
 */
export function jobDefinitionRequest(
  job: Job,
  settings: JobDefinitionSettings,
): JobDefinitionRequest | undefined {
  const { container, retry, timeout } = job
  if (container.type !== 'image') return undefined
  return {
    jobDefinitionName: settings.name,
    type: 'container',
    platformCapabilities: [container.platform],
    containerProperties: { ...containerPropertiesOf(container, settings), ...container.containerProperties },
    ...(retry && { retryStrategy: retry }),
    ...(timeout !== undefined && { timeout: { attemptDurationSeconds: timeout } }),
  }
}

function containerPropertiesOf(container: ImageContainer, settings: JobDefinitionSettings): Properties {
  return {
    image: container.image,
    jobRoleArn: container.jobRole,
    ...(container.executionRole !== undefined && { executionRoleArn: container.executionRole }),
    ...(container.secrets && secretProperties(container.secrets, container.executionRole, settings)),
    resourceRequirements: [
      { type: 'VCPU', value: String(container.vcpu) },
      { type: 'MEMORY', value: String(container.memory) },
      ...(container.gpu > 0 ? [{ type: 'GPU', value: String(container.gpu) }] : []),
    ],
    logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': settings.logGroup } },
    ...(container.platform === 'FARGATE' && fargateProperties(container, settings)),
  }
}

/** The agent that starts the container reads them with the execution role, on EC2 too. */
function secretProperties(
  secrets: Readonly<Record<string, string>>,
  executionRole: string | undefined,
  settings: JobDefinitionSettings,
): Properties {
  return {
    executionRoleArn: executionRole ?? settings.executionRole,
    secrets: Object.entries(secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
  }
}

/** What Batch refuses on EC2, where the compute environment decides it. */
function fargateProperties(container: ImageContainer, settings: JobDefinitionSettings): Properties {
  return {
    executionRoleArn: container.executionRole ?? settings.executionRole,
    networkConfiguration: { assignPublicIp: 'ENABLED' },
    runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: container.architecture },
    ...(container.storage !== undefined && { ephemeralStorage: { sizeInGiB: container.storage } }),
  }
}

/** JSON with sorted names: the order in the file changes no hash. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner) => {
    const record = recordOf(inner)
    return record ? Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))) : inner
  })
}

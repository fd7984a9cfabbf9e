import type { JobSpec } from '../engine/job.ts'
import { fillPlaceholders } from '../resource/placeholders.ts'
import { mergeRequirements, toResources } from '../resource/requirements.ts'
import type { EnvironmentVariable, Submission } from '../submission.ts'
import type { SubmitJobInput } from './submit-job.ts'

const LONGEST_OVERRIDE = 8192
/** About what the variables and the frame that Batch adds take up. */
const ADDED_BY_BATCH = 512

/** Puts the definition and what the job overrides together. */
export function mergeSubmission(jobId: string, input: SubmitJobInput, now: number): JobSpec {
  const { definition, queue, overrides } = input
  const { command: _c, environment, resourceRequirements, ...container } = definition.containerProperties
  const requirements = mergeRequirements(resourceRequirements, overrides.resourceRequirements)
  const parameters = { ...definition.parameters, ...input.parameters }
  const timeout = input.timeout ?? definition.timeout
  const refusal = refusalOf(input)
  const submission: Submission = {
    jobName: input.jobName,
    jobDefinition: definition.jobDefinitionArn,
    jobQueue: queue.jobQueueArn,
    image: container.image,
    command: fillPlaceholders(overrides.command ?? definition.containerProperties.command, parameters),
    environment: mergeEnvironment(environment, overrides.environment),
    resourceRequirements: requirements,
    container,
    parameters,
    platformCapabilities: definition.platformCapabilities,
    propagateTags: input.propagateTags ?? definition.propagateTags ?? false,
  }
  return {
    jobId,
    queue: queue.jobQueueName,
    createdAt: now,
    resources: toResources(requirements, definition.platformCapabilities),
    retry: input.retryStrategy ?? definition.retryStrategy ?? { attempts: 1, evaluateOnExit: [] },
    dependsOn: input.dependsOn,
    submission,
    ...(timeout === undefined ? {} : { timeout: timeout.attemptDurationSeconds }),
    ...(input.arraySize === undefined ? {} : { arraySize: input.arraySize }),
    ...(input.share === undefined ? {} : { share: input.share }),
    ...(refusal === undefined ? {} : { refusal }),
  }
}

function mergeEnvironment(
  defined: readonly EnvironmentVariable[],
  overrides: readonly EnvironmentVariable[],
): readonly EnvironmentVariable[] {
  return [...new Map([...defined, ...overrides].map(variable => [variable.name, variable])).values()]
}

/** What Batch accepts at SubmitJob and fails when it hands the job to the container service. */
function refusalOf({ overrides, tags, definition, propagateTags }: SubmitJobInput): string | undefined {
  const override = JSON.stringify({ command: overrides.command, environment: overrides.environment })
  if (Buffer.byteLength(override) + ADDED_BY_BATCH > LONGEST_OVERRIDE) {
    return `Container Overrides length must be at most ${LONGEST_OVERRIDE}`
  }
  const propagated = Object.keys({ ...definition.tags, ...tags }).length
  if ((propagateTags ?? definition.propagateTags) === true && propagated > 50) {
    return `A job may propagate at most 50 tags, not ${propagated}.`
  }
  return undefined
}

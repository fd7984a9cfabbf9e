import { arnOf } from '../resource/arn.ts'
import { parseContainerProperties } from '../resource/container.ts'
import type { JobDefinition, PlatformCapability } from '../resource/records.ts'
import { toResources } from '../resource/requirements.ts'
import { parseRetryStrategy } from '../resource/retry-strategy.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { parseTimeout } from './job-definition.ts'
import { parseTags, resourceName } from './name.ts'

const LONGEST = 24 * 1024

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html */
export const registerJobDefinition = operation(validate, act)

type Input = Omit<JobDefinition, 'jobDefinitionArn' | 'revision' | 'status'>

function validate(members: Members, context: Context): Input {
  refuseOtherKinds(members)
  const container = members.object('containerProperties')
  if (container === undefined) throw clientException('containerProperties is required.')
  const retryStrategy = parseRetryStrategy(members)
  const timeout = parseTimeout(members, context)
  const propagateTags = members.flag('propagateTags')
  const schedulingPriority = members.integer('schedulingPriority', 0, 9999)
  const definition: Input = {
    jobDefinitionName: resourceName(members, 'jobDefinitionName'),
    type: 'container',
    containerProperties: parseContainerProperties(container),
    parameters: members.map('parameters') ?? {},
    platformCapabilities: parsePlatforms(members),
    tags: parseTags(members),
    ...(retryStrategy === undefined ? {} : { retryStrategy }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(propagateTags === undefined ? {} : { propagateTags }),
    ...(schedulingPriority === undefined ? {} : { schedulingPriority }),
  }
  toResources(definition.containerProperties.resourceRequirements, definition.platformCapabilities)
  return definition
}

/** Always a new revision: one more than the last. */
function act(context: Context, input: Input): object {
  const { jobDefinitionName } = input
  const revision = (context.registry.definitions.get(jobDefinitionName)?.length ?? 0) + 1
  const jobDefinitionArn = arnOf(context.identity, 'job-definition', `${jobDefinitionName}:${revision}`)
  context.change({ definition: { ...input, jobDefinitionArn, revision, status: 'ACTIVE' } })
  return { jobDefinitionName, jobDefinitionArn, revision }
}

function refuseOtherKinds(members: Members): void {
  members.requiredText('type')
  if (members.oneOf('type', ['container', 'multinode']) === 'multinode') {
    throw clientException('type multinode is not available in the local AWS Batch; use container.')
  }
  members.refuse('nodeProperties', 'eksProperties', 'ecsProperties', 'consumableResourceProperties')
  if (Buffer.byteLength(JSON.stringify(members.values)) > LONGEST) {
    throw clientException(`A job definition may have at most ${LONGEST} bytes.`)
  }
}

function parsePlatforms(members: Members): readonly PlatformCapability[] {
  const platforms = members.texts('platformCapabilities') ?? []
  if (platforms.length === 0) return ['EC2']
  return platforms.map(platform => {
    if (platform === 'EC2' || platform === 'FARGATE') return platform
    throw clientException('platformCapabilities must be EC2 or FARGATE.')
  })
}

import { randomUUID } from 'node:crypto'
import type { Dependency, JobShare } from '../engine/job.ts'
import type { RetryStrategy } from '../engine/retry.ts'
import { arnOf } from '../resource/arn.ts'
import type { JobDefinition, JobQueue, Tags } from '../resource/records.ts'
import { parseRetryStrategy } from '../resource/retry-strategy.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { activeDefinition, parseTimeout } from './job-definition.ts'
import { knownQueue, platformOf } from './job-queue.ts'
import { mergeSubmission } from './merge-submission.ts'
import { jobName, parseTags } from './name.ts'
import { type Overrides, parseOverrides } from './overrides.ts'
import { parseDependencies } from './parse-dependencies.ts'
import { parseShare } from './parse-share.ts'

const LONGEST = 30 * 1024

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html */
export const submitJob = operation(validate, act)

/** A request that was found to be right by itself. */
export interface SubmitJobInput {
  readonly jobName: string
  readonly queue: JobQueue
  readonly definition: JobDefinition
  readonly arraySize: number | undefined
  readonly share: JobShare | undefined
  readonly dependsOn: readonly Dependency[]
  readonly parameters: Readonly<Record<string, string>>
  readonly overrides: Overrides
  readonly retryStrategy: RetryStrategy | undefined
  readonly timeout: JobDefinition['timeout']
  readonly tags: Tags
  readonly propagateTags: boolean | undefined
}

function validate(members: Members, context: Context): SubmitJobInput {
  refuseWhatIsNotThere(members)
  const name = jobName(members)
  const queue = enabledQueue(context, members.requiredText('jobQueue'))
  const definition = activeDefinition(context, members.requiredText('jobDefinition'))
  checkPlatform(context, queue, definition)
  const arraySize = parseArraySize(members.object('arrayProperties'))
  return {
    jobName: name,
    queue,
    definition,
    arraySize,
    share: parseShare(members, queue, definition, context),
    dependsOn: parseDependencies(members, arraySize, context),
    parameters: members.map('parameters') ?? {},
    overrides: parseOverrides(members.object('containerOverrides')),
    retryStrategy: parseRetryStrategy(members),
    timeout: parseTimeout(members, context),
    tags: parseTags(members),
    propagateTags: members.flag('propagateTags'),
  }
}

/** Every accepted call makes a new job: there is no token that would make two of them one. */
function act(context: Context, input: SubmitJobInput): object {
  context.forgetOld()
  const now = context.now()
  const spec = mergeSubmission(randomUUID(), input, now)
  if (Object.keys(input.tags).length > 0) context.change({ jobTags: [spec.jobId, input.tags] })
  context.perform(context.engine.submit(spec))
  return { jobArn: arnOf(context.identity, 'job', spec.jobId), jobName: input.jobName, jobId: spec.jobId }
}

function refuseWhatIsNotThere(members: Members): void {
  members.refuse('nodeOverrides', 'eksPropertiesOverride', 'ecsPropertiesOverride')
  members.refuse('consumableResourcePropertiesOverride')
  const bytes = Buffer.byteLength(JSON.stringify(members.values))
  if (bytes > LONGEST) throw clientException(`SubmitJob may have at most ${LONGEST} bytes, not ${bytes}.`)
}

function enabledQueue(context: Context, nameOrArn: string): JobQueue {
  const queue = knownQueue(context, nameOrArn)
  if (queue.state !== 'ENABLED') {
    throw clientException(`JobQueue ${queue.jobQueueName} is DISABLED and takes no new jobs.`)
  }
  return queue
}

function checkPlatform(context: Context, queue: JobQueue, { platformCapabilities }: JobDefinition): void {
  const platform = platformOf(context, queue)
  if (platformCapabilities.includes(platform)) return
  throw clientException(
    `Job Queue is attached to Compute Environment that can not run Jobs with capability ${platformCapabilities.join(', ')}`,
  )
}

function parseArraySize(members: Members | undefined): number | undefined {
  if (members === undefined) return undefined
  const size = members.integer('size', 2, 10_000)
  if (size === undefined) throw clientException('arrayProperties.size is required.')
  return size
}

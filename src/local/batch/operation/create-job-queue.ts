import { arnOf } from '../resource/arn.ts'
import type { JobQueue } from '../resource/records.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { keepQueue, parseOrder, parsePolicy } from './job-queue.ts'
import { parseTags, resourceName } from './name.ts'
import { parseTimeLimitActions } from './time-limit-actions.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html */
export const createJobQueue = operation(validate, act)

type Input = Omit<JobQueue, 'jobQueueArn'>

function validate(members: Members, context: Context): Input {
  members.refuse('serviceEnvironmentOrder')
  const priority = members.integer('priority', 0, 2147483647)
  if (priority === undefined) throw clientException('priority is required.')
  const computeEnvironmentOrder = parseOrder(members, context)
  if (computeEnvironmentOrder === undefined) throw clientException('computeEnvironmentOrder is required.')
  return {
    jobQueueName: resourceName(members, 'jobQueueName'),
    state: members.oneOf('state', ['ENABLED', 'DISABLED']) ?? 'ENABLED',
    priority,
    computeEnvironmentOrder,
    ...parsePolicy(members, context),
    ...parseTimeLimitActions(members, context),
    tags: parseTags(members),
  }
}

function act(context: Context, input: Input): object {
  if (context.registry.queues.has(input.jobQueueName)) throw clientException('Object already exists')
  const jobQueueArn = arnOf(context.identity, 'job-queue', input.jobQueueName)
  keepQueue(context, { ...input, jobQueueArn })
  return { jobQueueName: input.jobQueueName, jobQueueArn }
}

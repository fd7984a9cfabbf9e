import type { ComputeEnvironmentOrder, JobQueue } from '../resource/records.ts'
import type { ContainerShape } from '../submission.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { isFargate, knownEnvironment } from './compute-environment.ts'
import type { Context } from './context.ts'
import { fairShareOf, knownPolicy } from './scheduling-policy.ts'

/** Keeps a queue and lets the engine serve it. */
export function keepQueue(context: Context, queue: JobQueue): void {
  context.change({ queue })
  context.perform(serve(context, queue))
}

export function serve(context: Context, queue: JobQueue) {
  const environments = queue.computeEnvironmentOrder.map(
    ({ computeEnvironment }) => knownEnvironment(context, computeEnvironment).computeEnvironmentName,
  )
  const fairShare = fairShareOf(context, queue)
  const settings = {
    name: queue.jobQueueName,
    priority: queue.priority,
    environments,
    ...(fairShare === undefined ? {} : { fairShare }),
    limits: (queue.jobStateTimeLimitActions ?? []).map(({ reason, maxTimeSeconds }) => ({
      code: reason,
      after: maxTimeSeconds * 1000,
    })),
  }
  return context.engine.setQueue(settings, context.now())
}

/** @throws ClientException when there is none */
export function knownQueue(context: Context, nameOrArn: string): JobQueue {
  const queue = context.registry.findQueue(nameOrArn)
  if (queue === undefined) throw clientException(`JobQueue ${nameOrArn} not found.`)
  return queue
}

/** Reads `computeEnvironmentOrder`: one to three, all of one kind. */
export function parseOrder(
  members: Members,
  context: Context,
): readonly ComputeEnvironmentOrder[] | undefined {
  const order = members.list('computeEnvironmentOrder')?.map(entry => {
    const environment = knownEnvironment(context, entry.requiredText('computeEnvironment'))
    const position = entry.integer('order', -2147483648, 2147483647)
    if (position === undefined) throw clientException('computeEnvironmentOrder: order is required.')
    return { order: position, computeEnvironment: environment.computeEnvironmentArn }
  })
  if (order === undefined) return undefined
  if (order.length < 1 || order.length > 3)
    throw clientException('A job queue needs 1 to 3 compute environments.')
  const kinds = new Set(order.map(each => isFargate(knownEnvironment(context, each.computeEnvironment))))
  if (kinds.size > 1) throw clientException('A job queue cannot mix Fargate and EC2 compute environments.')
  return order.sort((a, b) => a.order - b.order)
}

/** Reads `schedulingPolicyArn`. */
export function parsePolicy(members: Members, context: Context): Pick<JobQueue, 'schedulingPolicyArn'> {
  const arn = members.text('schedulingPolicyArn')
  return arn === undefined || arn === '' ? {} : { schedulingPolicyArn: knownPolicy(context, arn).arn }
}

/** A queue as `DescribeJobQueues` shows it. */
export function describeQueue(context: Context, queue: JobQueue): ContainerShape {
  const jobQueueType = platformOf(context, queue) === 'FARGATE' ? 'ECS_FARGATE' : 'ECS'
  return { ...queue, status: 'VALID', statusReason: 'JobQueue Healthy', jobQueueType }
}

/** What jobs this queue can run. */
export function platformOf(context: Context, queue: JobQueue): 'EC2' | 'FARGATE' {
  const [first] = queue.computeEnvironmentOrder
  if (first === undefined) return 'EC2'
  return isFargate(knownEnvironment(context, first.computeEnvironment)) ? 'FARGATE' : 'EC2'
}

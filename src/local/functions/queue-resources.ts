import type { QueueDefinition, RedrivePolicy } from '../sqs/queue-definition.ts'
import { readQueueArn } from './function-events.ts'
import type { Located } from './located.ts'

/** A queue of serverless.yml under its local name. */
export interface QueueResource extends QueueDefinition {
  readonly logicalId: string
}

/** The name a queue has locally: its logical id in kebab case, `ObjectCreatedDLQ` is `object-created-dlq`. */
export function localQueueName(logicalId: string): string {
  return logicalId
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
}

/** Reads the queues among the resources, given as one object or as a list of them. */
export function readQueueResources(resources: Located): readonly QueueResource[] {
  const parts = Array.isArray(resources.value) ? resources.items() : [resources]
  const queues = parts
    .filter(part => !part.isVariable && !part.get('Resources').isVariable)
    .flatMap(part => part.get('Resources').entries())
    .filter(([, resource]) => resource.get('Type').value === 'AWS::SQS::Queue')
    .map(([logicalId, resource]) => ({ resource, queue: readQueue(logicalId, resource.get('Properties')) }))
  for (const { resource, queue } of queues) {
    const name = queue.redrive?.deadLetterQueue
    if (name !== undefined && !queues.some(other => other.queue.name === name)) {
      throw resource.refuse(`its dead-letter queue "${name}" is not among the resources. Define it there.`)
    }
  }
  return queues.map(({ queue }) => queue)
}

function readQueue(logicalId: string, properties: Located): QueueResource {
  if (properties.get('FifoQueue').value === true) {
    throw properties.refuse('local mode has standard queues only. Leave FifoQueue out.')
  }
  const policy = properties.get('RedrivePolicy')
  return {
    logicalId,
    name: localQueueName(logicalId),
    visibilityTimeout: properties.get('VisibilityTimeout').number([0, 43_200], 30),
    delay: properties.get('DelaySeconds').number([0, 900], 0),
    retention: properties.get('MessageRetentionPeriod').number([60, 1_209_600], 345_600),
    ...(!policy.isAbsent && { redrive: readRedrivePolicy(policy) }),
  }
}

function readRedrivePolicy(policy: Located): RedrivePolicy {
  const maxReceiveCount = policy.get('maxReceiveCount').number([1, 1000], undefined)
  if (maxReceiveCount === undefined) throw policy.refuse('expected maxReceiveCount, from 1 to 1000.')
  return { maxReceiveCount, deadLetterQueue: localQueueName(readQueueArn(policy.get('deadLetterTargetArn'))) }
}

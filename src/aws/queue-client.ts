import { SQSClient } from '@aws-sdk/client-sqs'
import type { ClientTarget } from './client-target.ts'

export function queueClient(target: ClientTarget): SQSClient {
  // A real queue's URL would win over a configured endpoint; the given one must.
  return new SQSClient({ ...target, useQueueUrlAsEndpoint: target.endpoint === undefined })
}

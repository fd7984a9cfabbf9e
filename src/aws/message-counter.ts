import { GetQueueAttributesCommand, paginateListQueues } from '@aws-sdk/client-sqs'
import type { ClientTarget } from './client-target.ts'
import { queueClient } from './queue-client.ts'

export interface QueueCount {
  readonly name: string
  /** About so many messages. */
  readonly messages: number
}

/** Counts messages of queues whose name begins so. */
export async function countMessages(target: ClientTarget, prefix: string): Promise<readonly QueueCount[]> {
  const client = queueClient(target)
  const urls: string[] = []
  const input = prefix === '' ? {} : { QueueNamePrefix: prefix }
  for await (const { QueueUrls = [] } of paginateListQueues({ client }, input)) urls.push(...QueueUrls)
  return Promise.all(
    urls.map(async QueueUrl => {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
      )
      const messages = Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0)
      return { name: QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1), messages }
    }),
  )
}

import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { AdvanceQueue } from '../ports.ts'

/** The queue of `advance`: one message holds a run id. */
export function createAdvanceQueue(client: SQSClient, queueUrl: string): AdvanceQueue {
  return {
    async send(runId, delaySeconds) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify({ runId }),
          ...(delaySeconds && { DelaySeconds: delaySeconds }),
        }),
      )
    },
  }
}

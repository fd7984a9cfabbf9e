import {
  GetSMSSandboxAccountStatusCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
} from '@aws-sdk/client-sns'
import type { ClientTarget } from './client-target.ts'

export interface DescribedSubscription {
  readonly protocol: string
  readonly endpoint: string
  readonly isConfirmed: boolean
}

export interface TopicReader {
  subscriptions(topicArn: string): Promise<readonly DescribedSubscription[]>
  isSmsSandbox(): Promise<boolean>
}

export function createTopicReader(target: ClientTarget): TopicReader {
  const client = new SNSClient({ ...target, maxAttempts: 4 })
  return {
    async subscriptions(topicArn) {
      const found: DescribedSubscription[] = []
      for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
        { client },
        { TopicArn: topicArn },
      )) {
        for (const { Protocol = '', Endpoint = '', SubscriptionArn = '' } of Subscriptions) {
          found.push({
            protocol: Protocol,
            endpoint: Endpoint,
            isConfirmed: SubscriptionArn.startsWith('arn:'),
          })
        }
      }
      return found
    },

    async isSmsSandbox() {
      const { IsInSandbox } = await client.send(new GetSMSSandboxAccountStatusCommand({}))
      return IsInSandbox === true
    },
  }
}

import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import type { AlertPort } from '../ports.ts'
import type { ClientTarget } from './client-target.ts'

/** Alerts by SNS: one text for e-mail, a short one for SMS, and attributes for the subscriptions' filter policies. */
export function createAlerts(target: ClientTarget, topicArn: string): AlertPort {
  // `advance` leaves room for so long an answer before its own time is over.
  const requestHandler = { requestTimeout: 8_000, throwOnRequestTimeout: true, connectionTimeout: 3_000 }
  const client = new SNSClient({ ...target, requestHandler })
  return {
    async publish({ subject, email, sms, attributes }) {
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subject,
          MessageStructure: 'json',
          Message: JSON.stringify({ default: email, email, sms }),
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [
              name,
              { DataType: 'String', StringValue: value },
            ]),
          ),
        }),
      )
    },
  }
}

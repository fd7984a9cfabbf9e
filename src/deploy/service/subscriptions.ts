import { BatchwiseError } from '../../core/errors.ts'
import { type DeploySettings, listed } from '../settings.ts'
import { arn, type Resource, type Resources, ref } from '../template/cloudformation.ts'
import { onlyWithTls } from './queue-policies.ts'

const EMAIL = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/
const PHONE = /^\+[1-9]\d{6,14}$/

/**
 * Who hears of alerts, and who may publish them: the stack's own role, its alarms, nobody without TLS.
 *
 * @throws BatchwiseError E_DEPLOY_SETTING for what is no address and no phone number
 */
export function subscriptions(settings: DeploySettings): Resources {
  const emails = checked(listed(settings.alertEmails), EMAIL, 'an e-mail address such as ada@example.org')
  const phones = checked(listed(settings.alertPhones), PHONE, 'a phone number such as +491701234567')
  return {
    AlertTopicPolicy: topicPolicy(),
    ...Object.fromEntries(emails.map((it, index) => [`AlertEmail${index + 1}`, subscription('email', it)])),
    ...Object.fromEntries(
      phones.map((it, index) => [`AlertPhone${index + 1}`, subscription('sms', it, SMS_ONLY)]),
    ),
  }
}

/** Only alerts of workflows with `sms: true`; CloudWatch's alarms, which have no attributes, go by e-mail. */
const SMS_ONLY = { FilterPolicy: { sms: ['true'] } }

function subscription(protocol: 'email' | 'sms', endpoint: string, more = {}): Resource {
  return {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: ref('AlertTopic'), Protocol: protocol, Endpoint: endpoint, ...more },
  }
}

function topicPolicy(): Resource {
  const alarms = {
    Sid: 'Alarms',
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: ref('AlertTopic'),
    Condition: { ArnLike: { 'aws:SourceArn': arn('cloudwatch', 'alarm:*') } },
  }
  return {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [ref('AlertTopic')],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [onlyWithTls('sns:Publish', ref('AlertTopic')), alarms],
      },
    },
  }
}

function checked(items: readonly string[], pattern: RegExp, expected: string): readonly string[] {
  const odd = items.find(item => !pattern.test(item))
  if (odd === undefined) return items
  throw new BatchwiseError(
    'E_DEPLOY_SETTING',
    `"${odd}" is not ${expected}. Mend --param alertEmails or alertPhones.`,
  )
}

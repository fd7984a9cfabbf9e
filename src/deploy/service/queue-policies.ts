import type { EventRule } from '../../core/event/event-rules.ts'
import {
  arn,
  attribute,
  type Expression,
  type Resource,
  type Resources,
  ref,
} from '../template/cloudformation.ts'
import { deadLetterQueue, ruleId } from './event-rules.ts'

export interface QueuePoliciesInput {
  readonly rules: readonly EventRule[]
  /** Logical ids of all queues of the stack. */
  readonly queues: readonly string[]
}

/** Who may send to a queue: the rules that name it, each by its ARN, and nobody without TLS. */
export function queuePolicies({ rules, queues }: QueuePoliciesInput): Resources {
  return Object.fromEntries(
    queues.map(queue => {
      const sources = rules.filter(rule => rule.queue === queue || deadLetterQueue(rule) === queue)
      return [`${queue}Policy`, queuePolicy(queue, sources)]
    }),
  )
}

function queuePolicy(queue: string, rules: readonly EventRule[]): Resource {
  const sources = rules.map(rule => attribute(ruleId(rule), 'Arn'))
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [ref(queue)],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          onlyWithTls('sqs:SendMessage', attribute(queue, 'Arn')),
          ...(sources.length > 0 ? [allowRules(queue, sources)] : []),
        ],
      },
    },
  }
}

function allowRules(queue: string, sources: readonly Expression[]) {
  return {
    Sid: 'Rules',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: attribute(queue, 'Arn'),
    Condition:
      sources.length > MOST_SOURCES
        ? { ArnLike: { 'aws:SourceArn': arn('events', 'rule/', ref('AWS::StackName'), '-*') } }
        : { ArnEquals: { 'aws:SourceArn': sources } },
  }
}

/** SQS takes policies of 8 KB: of more rules than this, all that this stack has made on the default bus are named at once. */
const MOST_SOURCES = 40

export function onlyWithTls(action: string, ...resources: readonly Expression[]) {
  return {
    Sid: 'OnlyWithTls',
    Effect: 'Deny',
    Principal: '*',
    Action: action,
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }
}

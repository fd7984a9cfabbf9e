import { type EventRule, eventRules } from '../../core/event/event-rules.ts'
import { resolveStack } from '../../core/workflow/resolve-stack.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import { attribute, logicalId, type Resource, type Resources, ref } from '../template/cloudformation.ts'
import { placeholders, type StackNames, withStackNames } from '../template/stack-names.ts'

export interface EventRulesInput {
  readonly stackName: string
  readonly workflows: readonly Workflow[]
  readonly names: StackNames
}

/** The rules that local mode loads too, as CloudFormation writes them, and the bus for requests. */
export function eventRuleResources({ stackName, workflows, names }: EventRulesInput): Resources {
  const rules = eventRulesOf({ stackName, workflows, names })
  return {
    RequestBus: {
      Type: 'AWS::Events::EventBus',
      Properties: { Name: stackName, Description: busDescription(names) },
    },
    ...Object.fromEntries(
      rules.map(rule => [ruleId(rule), withStackNames(ruleResource(rule), names) as Resource]),
    ),
  }
}

/** The one resource whose name the command knows tells it what CloudFormation called the others: JSON, in 512 characters. */
function busDescription({ topic = '', inputBucket = '', outputBucket = '' }: StackNames): unknown {
  const told = { table: ref('Table'), topic, inputBucket, outputBucket }
  return withStackNames(JSON.stringify(placeholders(told)), told)
}

export function eventRulesOf({ stackName, workflows, names }: EventRulesInput): readonly EventRule[] {
  const texts = placeholders(names)
  return eventRules(
    stackName,
    workflows.map(workflow => resolveStack(workflow, texts)),
  )
}

export function ruleId({ name }: EventRule): string {
  return logicalId(name, 'rule')
}

/** What cannot be delivered for a day ends in the dead-letter queue of the queue it was meant for. */
function ruleResource(rule: EventRule): Resource {
  return {
    Type: 'AWS::Events::Rule',
    Properties: {
      ...(rule.bus === 'batchwise' && { EventBusName: ref('RequestBus') }),
      State: 'ENABLED',
      EventPattern: rule.pattern,
      Targets: [
        {
          Id: 'queue',
          Arn: attribute(rule.queue, 'Arn'),
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
          DeadLetterConfig: { Arn: attribute(deadLetterQueue(rule), 'Arn') },
        },
      ],
    },
  }
}

/** `ObjectCreatedQueue` has `ObjectCreatedDeadLetters`. */
export function deadLetterQueue({ queue }: Pick<EventRule, 'queue'>): string {
  return queue.replace(/Queue$/, 'DeadLetters')
}

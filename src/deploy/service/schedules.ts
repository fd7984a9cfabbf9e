import { type ScheduleRule, schedulesOf } from '../../core/event/schedules.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import { schedulerRole } from '../iam/function-role.ts'
import { arn, attribute, logicalId, type Resource, type Resources } from '../template/cloudformation.ts'

/** The function that schedules of workflow files invoke, and where firings end that it could not process. */
export const ON_SCHEDULE = 'on-schedule'
const DEAD_LETTERS = 'ScheduleDeadLetters'
const ROLE = 'ScheduleRole'

/** The schedules that local mode fires by its own clock, as CloudFormation writes them. None, where no file has one. */
export function scheduleResources(workflows: readonly Workflow[], functionName: string): Resources {
  const schedules = schedulesOf(workflows)
  if (schedules.length === 0) return {}
  return {
    [ROLE]: schedulerRole(functionName, DEAD_LETTERS),
    ...Object.fromEntries(
      schedules.map(rule => [logicalId(rule.name, 'schedule'), scheduleResource(rule, functionName)]),
    ),
  }
}

/** A run that starts an hour late is still wanted; what came of the firing is decided once, however often it is sent. */
function scheduleResource({ expression, timezone, input }: ScheduleRule, functionName: string): Resource {
  return {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      State: 'ENABLED',
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: timezone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: arn('lambda', `function:${functionName}`),
        RoleArn: attribute(ROLE, 'Arn'),
        Input: JSON.stringify(input),
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: attribute(DEAD_LETTERS, 'Arn') },
      },
    },
  }
}

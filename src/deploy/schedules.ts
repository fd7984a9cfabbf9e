import { SWEEP_DEAD_LETTERS } from './function-resources.ts'
import type { Serverless } from './serverless.ts'
import { attribute } from './template/cloudformation.ts'

/** The Serverless Framework sets neither retries nor a dead-letter queue for the targets of its schedules. */
export function guardSchedules({ service }: Serverless): void {
  for (const { Type, Properties } of Object.values(
    service.provider.compiledCloudFormationTemplate.Resources,
  )) {
    const target = Type === 'AWS::Scheduler::Schedule' ? Properties?.['Target'] : undefined
    if (typeof target !== 'object' || target === null) continue
    Object.assign(target, {
      // The next firing comes in a minute: an old one is worth nothing.
      RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 2 },
      DeadLetterConfig: { Arn: attribute(SWEEP_DEAD_LETTERS, 'Arn') },
    })
  }
}

import type { Workflow } from '../../src/core/workflow/workflow.ts'
import { localQueueName } from '../../src/local/functions/queue-resources.ts'
import { LOCAL_BUS, LOCAL_STACK_NAME, localStack } from '../../src/local/stack/local-names.ts'
import { loadRules } from '../../src/local/stack/rules.ts'
import type { Values } from './packaged-stack.ts'

interface SimpleRule {
  readonly bus: string
  readonly pattern: unknown
  readonly queue: string
}

/** What local mode puts on its bus. */
export function localRules(workflows: readonly Workflow[]): readonly SimpleRule[] {
  const loaded: SimpleRule[] = []
  const services = {
    queues: { arn: (name: string) => name },
    bus: {
      setRules: (rules: readonly Values[]) => {
        for (const { bus, pattern, targets } of rules) loaded.push({ bus, pattern, queue: targets[0] })
      },
    },
  }
  loadRules(services as unknown as Parameters<typeof loadRules>[0], workflows, localStack({}))
  return loaded
}

/** A packaged rule with local mode's names in the places of CloudFormation's. */
export function withLocalNames({ EventBusName, EventPattern, Targets }: Values): SimpleRule {
  const pattern = JSON.stringify(EventPattern)
    .replaceAll('{"Ref":"InputBucket"}', JSON.stringify(localStack({})['inputBucket']))
    .replaceAll('batchwise-test_', `${LOCAL_STACK_NAME}_`)
  return {
    bus: EventBusName === undefined ? 'default' : LOCAL_BUS,
    pattern: JSON.parse(pattern),
    queue: localQueueName(Targets[0].Arn['Fn::GetAtt'][0]),
  }
}

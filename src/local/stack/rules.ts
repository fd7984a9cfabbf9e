import { eventRules } from '../../core/event/event-rules.ts'
import { resolveStack } from '../../core/workflow/resolve-stack.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import { localQueueName } from '../functions/queue-resources.ts'
import type { Services } from '../services.ts'
import { LOCAL_BUS, LOCAL_STACK_NAME } from './local-names.ts'

/** Loads the rules that a deploy would write into the template. */
export function loadRules(
  { bus, queues }: Pick<Services, 'bus' | 'queues'>,
  workflows: readonly Workflow[],
  stack: Readonly<Record<string, string>>,
): void {
  const resolved = workflows.map(workflow => resolveStack(workflow, stack))
  bus.setRules(
    eventRules(LOCAL_STACK_NAME, resolved).map(rule => ({
      name: rule.name,
      bus: rule.bus === 'default' ? 'default' : LOCAL_BUS,
      pattern: rule.pattern,
      targets: [queues.arn(localQueueName(rule.queue))],
    })),
  )
}

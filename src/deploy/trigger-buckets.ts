import { render } from '../core/workflow/look-up.ts'
import type { Workflow } from '../core/workflow/workflow.ts'
import type { Expression } from './template/cloudformation.ts'
import { placeholders, type StackNames, withStackNames } from './template/stack-names.ts'

/** Names of the buckets of all triggers: jobs must be able to read what started them. */
export function triggerBuckets(workflows: readonly Workflow[], names: StackNames): readonly Expression[] {
  const stack = placeholders(names)
  const texts = workflows.flatMap(({ triggers }) =>
    triggers.filter(trigger => trigger.type === 'object').map(({ bucket }) => render(bucket, { stack })),
  )
  return [...new Set(texts)].sort().map(text => withStackNames(text, names) as Expression)
}

import { createHash } from 'node:crypto'
import { graphOf, topologicalOrder } from '../workflow/graph.ts'
import { jobDefinitionName } from '../workflow/job-definition.ts'
import { resolveStack } from '../workflow/resolve-stack.ts'
import type { ArraySource, Job, Workflow } from '../workflow/workflow.ts'

/**
 * What a run follows: the workflow as it was when the run started, with the stack's names filled in. Immutable, kept
 * under its hash and shared by all runs that started from it, so a deploy never changes a run in flight.
 */
export interface Definition {
  readonly hash: string
  readonly workflow: Workflow
  /** Name of the registered job definition of each `image` job. */
  readonly jobDefinitions: Readonly<Record<string, string>>
  /** The jobs, each after those it depends on. */
  readonly order: readonly string[]
  /** Where results go, `s3://<outputBucket>/<workflow>/<run>`. */
  readonly outputBucket: string
}

/** Makes the definition of a checked workflow. Pure: the same file and stack give the same hash. */
export function defineWorkflow(
  source: Workflow,
  stackName: string,
  stack: Readonly<Record<string, string>>,
): Definition {
  const jobDefinitions: Record<string, string> = {}
  for (const [name, job] of Object.entries(source.jobs)) {
    if (job.container.type === 'image') {
      jobDefinitions[name] = jobDefinitionName(stackName, source.name, name, job)
    }
  }
  const workflow = resolveStack(source, stack)
  const order = topologicalOrder(graphOf(workflow))
  const outputBucket = stack['outputBucket'] ?? ''
  const content = JSON.stringify({ workflow, jobDefinitions, outputBucket })
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 32)
  return { hash, workflow, jobDefinitions, order, outputBucket }
}

/**
 * Children of the job's array as the file has it: undefined for a plain job, and for an array whose items are read later;
 * 0 for an array of no items. One item is a plain job.
 */
export function childrenOf({ array }: Job): number | undefined {
  if (array === undefined || isReadLater(array)) return undefined
  return childrenFor(array.type === 'size' ? array.size : array.items.length)
}

/** Children for so many items; AWS Batch has no array of one. */
export function childrenFor(items: number): number | undefined {
  return items === 1 ? undefined : items
}

/** Whether nobody knows the items before the job's dependencies have ended. */
export function isReadLater(array: Job['array']): array is ArraySource {
  return array?.type === 'lines' || array?.type === 'objects'
}

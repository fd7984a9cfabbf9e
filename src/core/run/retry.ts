import { BatchwiseError } from '../errors.ts'
import { didYouMean } from '../workflow/did-you-mean.ts'
import { named } from '../workflow/named.ts'
import { type ParameterValue, parameterValues } from '../workflow/parameter-values.ts'
import type { Definition } from './definition.ts'
import { hasEnded, type Snapshot, viewJobs } from './job-view.ts'
import { itemsIn } from './part.ts'
import type { Run } from './run.ts'
import { itemSourceOf, itemsInFile, submissionOf } from './submission-request.ts'

/** What a retry is to do beside running again what did not succeed. */
export interface RetryWish {
  /** Jobs that run again though they succeeded, and with them all that depend on them. */
  readonly from?: readonly string[]
  /** Run failed items of arrays again also where `tolerate` let the job count as succeeded. */
  readonly failedItems?: boolean
  /** Follow the workflow as it is now, not as it was when the run started. */
  readonly withCurrentDefinition?: boolean
  /** In place of the run's own. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>
}

/** What the next epoch of a run follows. */
export interface NextEpoch {
  readonly definition: Definition
  readonly parameters: Run['parameters']
  /** Jobs whose success counts no more: named by the wish, or with another request than before. */
  readonly again: readonly string[]
  readonly failedItems?: boolean
}

/** What a retry does, in the order of the jobs. */
export interface RetryEffect {
  /** Jobs that are submitted, if what they depend on ends as they ask. */
  readonly submitted: readonly string[]
  readonly kept: readonly string[]
  /** Of the submitted ones, arrays of which only failed items are. */
  readonly items: Readonly<Record<string, { readonly failed: number; readonly of: number }>>
}

/**
 * Works out the next epoch. A job that succeeded keeps its result as long as the request that would be sent now is the
 * one that was sent then; jobs behind one that runs again do so too.
 *
 * @param current the workflow's definition as it is now; needed for `withCurrentDefinition`
 * @throws BatchwiseError E_JOB_UNKNOWN, E_WORKFLOW_UNKNOWN, E180
 */
export function nextEpoch(
  snapshot: Snapshot,
  wish: RetryWish,
  current: Definition | undefined,
  stack: string,
): NextEpoch {
  const { run } = snapshot
  const definition = wish.withCurrentDefinition ? current : snapshot.definition
  if (definition === undefined) {
    throw new BatchwiseError(
      'E_WORKFLOW_UNKNOWN',
      `The workflow "${run.workflow}" is not deployed any more. Retry run ${run.runId} without --with-current-definition.`,
    )
  }
  const { order, workflow } = definition
  for (const job of wish.from ?? []) if (!order.includes(job)) throw unknownJob(run, job, order)
  // A parameter that the workflow no longer declares is no parameter of its runs.
  const own = Object.entries(run.parameters).filter(([name]) => Object.hasOwn(workflow.parameters, name))
  const parameters = parameterValues(workflow.parameters, { ...Object.fromEntries(own), ...wish.parameters })
  const next: Snapshot = { ...snapshot, definition, run: { ...run, parameters } }
  const changed = order.filter(job => requestText(snapshot, job, stack) !== requestText(next, job, stack))
  const again = order.filter(job => wish.from?.includes(job) || changed.includes(job))
  return { definition, parameters, again, ...(wish.failedItems && { failedItems: true }) }
}

/** What the next epoch submits and keeps. */
export function retryEffect(snapshot: Snapshot, next: NextEpoch): RetryEffect {
  const { definition, parameters, again, failedItems = false } = next
  const { finishedAt: _finished, ...run } = snapshot.run
  const opened: Run = { ...run, status: 'RUNNING', epoch: run.epoch + 1, parameters, again, failedItems }
  const views = [...viewJobs({ ...snapshot, definition, run: opened }).values()]
  const namesOf = (found: typeof views) => found.map(({ name }) => name)
  const submitted = views.filter(view => !hasEnded(view))
  const items = submitted.flatMap(({ name, part }) =>
    part === undefined ? [] : [[name, { failed: itemsIn(part), of: part.total }] as const],
  )
  return {
    submitted: namesOf(submitted),
    kept: namesOf(views.filter(view => view.state === 'SUCCEEDED')),
    items: named(items),
  }
}

/** All that makes up a submission but its number and the ids of other jobs. */
function requestText({ run, definition, jobs }: Snapshot, name: string, stack: string): string {
  const job = definition.workflow.jobs[name]
  if (job === undefined) return ''
  const jobIds = Object.fromEntries([...jobs.values()].map(record => [record.job, record.jobId ?? '']))
  const { dependsOn, when } = job
  const input = { stack, run, definition, job: name, submission: 1, dependsOn: [], jobIds }
  try {
    const items = itemsInFile(input) ?? itemSourceOf(input)
    return JSON.stringify([submissionOf(input), items, dependsOn, when])
  } catch (error) {
    return String(error) // a job that cannot be submitted: its error is told when it is tried
  }
}

function unknownJob({ runId }: Run, job: string, order: readonly string[]): BatchwiseError {
  const meant = didYouMean(job, order)
  const mend = meant === undefined ? `Its jobs are ${order.join(', ')}.` : `Did you mean "${meant}"?`
  return new BatchwiseError('E_JOB_UNKNOWN', `Run ${runId} has no job "${job.slice(0, 80)}". ${mend}`)
}

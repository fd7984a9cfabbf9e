import type { Chaining, Dependency, Job } from '../workflow/workflow.ts'
import { childrenOf, isReadLater } from './definition.ts'
import type { JobView, JobViews } from './job-view.ts'

/** An edge that Batch itself keeps: the job is submitted now and waits in Batch for the other's success. */
export interface NativeDependency {
  readonly job: string
  readonly type?: 'N_TO_N'
}

/** @see https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html */
export const MAX_DEPENDENCIES = 20

/**
 * The dependencies that go into `dependsOn` if a waiting job is submitted now; undefined if it has to wait for an
 * event. A dependency that succeeded is left out, for Batch may have forgotten it. `planned` are the jobs that are
 * submitted before this one in the same pass.
 */
export function nativeDependencies(
  view: JobView,
  views: JobViews,
  planned: ReadonlySet<string>,
  chaining: Chaining,
): readonly NativeDependency[] | undefined {
  if (view.ready) return []
  const isNeverNative =
    view.job.when !== 'success' ||
    isEventOnly(view) ||
    childrenOf(view.job) === 0 ||
    isReadLater(view.job.array) ||
    isExecution(view)
  if (isNeverNative || chaining === 'event') return undefined
  const native: NativeDependency[] = []
  for (const dependency of view.job.dependsOn) {
    const parent = views.get(dependency.job)
    if (parent === undefined) return undefined
    if (parent.state === 'SUCCEEDED') continue
    // Batch would fail the dependents where we would not, and knows nothing of a part's other items.
    const isNeverParent =
      isEventOnly(parent) || mayGoOn(parent.job) || parent.part !== undefined || isExecution(parent)
    if (!isInBatch(parent, planned) || isNeverParent) return undefined
    native.push(nativeEdge(dependency, view, parent))
  }
  const entries = native.length + (view.job.sequential ? 1 : 0)
  return entries <= MAX_DEPENDENCIES ? native : undefined
}

/** True for a job that may fail in Batch and succeed in the run all the same. */
export function mayGoOn({ tolerate, fallback }: Job): boolean {
  return tolerate !== undefined || fallback !== undefined
}

function isInBatch(parent: JobView, planned: ReadonlySet<string>): boolean {
  return planned.has(parent.name) || (parent.state === 'SUBMITTED' && parent.record?.jobId !== undefined)
}

/** A job that Batch failed for a dependency that runs again is chained by event for the rest of its submission. */
function isEventOnly({ record, submission }: JobView): boolean {
  return record?.eventOnly === true && record.submission === submission
}

/** Step Functions and Batch do not know each other's work. */
function isExecution({ job }: JobView): boolean {
  return job.container.type === 'stateMachine'
}

/** Between two plain jobs, arrays of one item each, N_TO_N is an ordinary dependency. */
function nativeEdge(dependency: Dependency, view: JobView, parent: JobView): NativeDependency {
  const arrays = childrenOf(view.job) !== undefined && childrenOf(parent.job) !== undefined
  return dependency.type === 'N_TO_N' && arrays
    ? { job: dependency.job, type: 'N_TO_N' }
    : { job: dependency.job }
}

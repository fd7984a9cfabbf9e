import { childrenOf, isReadLater } from '../../core/run/definition.ts'
import { graphOf, topologicalOrder } from '../../core/workflow/graph.ts'
import type { Condition, Job, Workflow } from '../../core/workflow/workflow.ts'
import type { RunDetails } from '../show/run-details.ts'

/** What is drawn: the jobs, each after those it depends on, and an arrow for each dependency. */
export interface Drawing {
  readonly title: string
  readonly nodes: readonly DrawnJob[]
  readonly arrows: readonly Arrow[]
}

export interface DrawnJob {
  readonly name: string
  /** `4 children`, `a child for each of its lines`; empty for a plain job. */
  readonly note: string
  /** Of the job in a run; absent where a workflow is drawn. */
  readonly status?: string
}

export interface Arrow {
  readonly from: string
  readonly to: string
  /** What the later job waits for. */
  readonly when: Condition
}

export function drawingOf(workflow: Workflow, details?: RunDetails): Drawing {
  const statuses = new Map(details?.jobs.map(({ name, status }) => [name, status]))
  const nodes = topologicalOrder(graphOf(workflow)).flatMap((name): readonly DrawnJob[] => {
    const job = workflow.jobs[name]
    const status = statuses.get(name)
    return job === undefined ? [] : [{ name, note: noteOf(job), ...(status !== undefined && { status }) }]
  })
  const arrows = nodes.flatMap(({ name }) => {
    const { dependsOn = [], when = 'success' } = workflow.jobs[name] ?? {}
    return dependsOn.map(({ job }): Arrow => ({ from: job, to: name, when }))
  })
  const title =
    details === undefined ? workflow.name : `${workflow.name} ${details.run.runId} ${details.run.status}`
  return { title, nodes, arrows }
}

function noteOf(job: Job): string {
  const children = childrenOf(job)
  if (children !== undefined) return `${children} children`
  return isReadLater(job.array) ? `a child for each of its ${job.array.type}` : ''
}

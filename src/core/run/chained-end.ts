import { decide } from './decide.ts'
import type { Definition } from './definition.ts'
import type { Run } from './run.ts'

/** The times matter only for claims, and a run at its beginning has none. */
const TIMES = { lease: 0, settle: 0 }

/**
 * Whether most likely nothing is to be decided when this job succeeds: there are jobs behind it, and all of them are
 * given to Batch with the run's first pass. Only the whole run can tell for sure: events overtake each other, and a job
 * may wait for another reason.
 */
export function isChainedOn(run: Run, definition: Definition, job: string): boolean {
  const { order, workflow } = definition
  const behind = order.filter(name =>
    workflow.jobs[name]?.dependsOn.some(dependency => dependency.job === job),
  )
  if (run.status !== 'RUNNING' || behind.length === 0) return false
  const atFirst = decide({ run, definition, jobs: new Map() }, TIMES, run.createdAt)
  const submitted = new Set(atFirst.flatMap(command => (command.type === 'submit' ? [command.job] : [])))
  return behind.every(name => submitted.has(name))
}

import { programName } from '../workflow/program-name.ts'
import type { Job, Workflow } from '../workflow/workflow.ts'

/** Lets a job run only if its run has recorded it: the first word of a job's command. */
const FENCE = 'batchwise-claim'

/** Whether the job asks the table before it runs, and so has to reach it. */
export function isFenced({ command }: Pick<Job, 'command'>): boolean {
  return programName(command?.[0] ?? '') === FENCE
}

/** Whether a fenced job of a workflow runs with this role; as in the file, `${stack...}` not replaced. */
export function hasFencedJob({ jobs }: Workflow, jobRole: string): boolean {
  return Object.values(jobs).some(
    job => isFenced(job) && job.container.type === 'image' && job.container.jobRole === jobRole,
  )
}

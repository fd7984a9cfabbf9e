/** What a Batch job's name tells: which submission of which job of which run it is. */
export interface JobIdentity {
  readonly stack: string
  readonly workflow: string
  readonly job: string
  readonly runId: string
  /** 1, 2, ...: ours. Batch's own attempts are counted inside one submission. */
  readonly submission: number
}

const JOB_NAME =
  /^([a-z][a-z0-9-]{0,18})_([a-z][a-z0-9-]{0,39})_([a-z][a-z0-9-]{0,31})_([a-z2-7]{26})_([1-9]\d{0,4})$/

/**
 * `<stack>_<workflow>_<job>_<runId>_<submission>`, at most 124 of Batch's 128 characters. Lower case throughout, since
 * ListJobs' JOB_NAME filter ignores case, and no part holds `_`: the name alone identifies the submission.
 */
export function jobNameOf(identity: JobIdentity): string {
  const { stack, workflow, job, runId, submission } = identity
  return `${stack}_${workflow}_${job}_${runId}_${submission}`
}

/** Reads a name made by `jobNameOf`; undefined for any other name, which is a job of somebody else. */
export function parseJobName(name: string): JobIdentity | undefined {
  const [, stack, workflow, job, runId, submission] = JOB_NAME.exec(name) ?? []
  if (!stack || !workflow || !job || !runId || !submission) return undefined
  return { stack, workflow, job, runId, submission: Number(submission) }
}

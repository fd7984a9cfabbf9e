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

/** What an execution's name tells. The run says the rest. */
export type SubmissionIdentity = Pick<JobIdentity, 'job' | 'runId' | 'submission'>

const EXECUTION_NAME = /^([a-z][a-z0-9-]{0,31})_([a-z2-7]{26})_([1-9]\d{0,4})$/

/**
 * `<job>_<runId>_<submission>`, at most 65 of the 80 characters of an execution. The run's id is of one stack and one
 * workflow, so the name is too.
 */
export function executionNameOf({ job, runId, submission }: SubmissionIdentity): string {
  return `${job}_${runId}_${submission}`
}

/** Reads a name made by `executionNameOf`; undefined for any other, which is an execution of somebody else. */
export function parseExecutionName(name: string): SubmissionIdentity | undefined {
  const [, job, runId, submission] = EXECUTION_NAME.exec(name) ?? []
  return job && runId && submission ? { job, runId, submission: Number(submission) } : undefined
}

/** The name under which a submission is found in its place: an execution of a state machine, or a job in a queue. */
export function submissionNameIn(place: string, identity: JobIdentity): string {
  return isOfStepFunctions(place) ? executionNameOf(identity) : jobNameOf(identity)
}

/** True for the ARN of a state machine or of an execution; false for a queue or the id of a Batch job. */
export function isOfStepFunctions(placeOrJobId: string): boolean {
  return /^arn:[^:]+:states:/.test(placeOrJobId)
}

/** The ARN of an execution of a state machine: `...:stateMachine:train` gives `...:execution:train:NAME`. */
export function executionArnOf(stateMachine: string, name: string): string {
  return `${stateMachine.replace(':stateMachine:', ':execution:')}:${name}`
}

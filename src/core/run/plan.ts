import { BatchwiseError } from '../errors.ts'
import type { Job } from '../workflow/workflow.ts'
import { decide } from './decide.ts'
import { childrenOf, type Definition, isReadLater } from './definition.ts'
import { type ExecutionRequest, executionRequestOf, MAX_INPUT_BYTES } from './execution-request.ts'
import { sampleOutputs } from './job-outputs.ts'
import { MAX_DEPENDENCIES, mayGoOn, type NativeDependency } from './native-dependency.ts'
import type { Run } from './run.ts'
import {
  itemSourceOf,
  MAX_OVERRIDES_BYTES,
  MAX_REQUEST_BYTES,
  type SubmissionInput,
  type SubmitRequest,
  submissionOf,
} from './submission-request.ts'

/** What a run would do, found by the same code that does it. */
export interface Plan {
  /** In the order of submission. */
  readonly jobs: readonly PlannedJob[]
}

export interface PlannedJob {
  readonly job: string
  /** Absent for an array without items, which succeeds by itself, and where there is a problem. */
  readonly request?: SubmitRequest
  /** Of a job with `fallback`: where and how it is submitted again once its last attempt lost its machine. */
  readonly fallback?: Pick<SubmitRequest, 'jobQueue' | 'retryStrategy'>
  /** Of an execution of a state machine, in the place of `request`. */
  readonly execution?: ExecutionRequest
  /** Why the job could not be submitted. */
  readonly problem?: string
  /** The look-up that has no value, where that is the problem: `trigger.uri`. */
  readonly lookUp?: string
  /** Of the whole request, at most `MAX_REQUEST_BYTES`; of an execution's input, at most `MAX_INPUT_BYTES`. */
  readonly requestBytes: number
  /** Of its container overrides, at most `MAX_OVERRIDES_BYTES`. */
  readonly overridesBytes: number
  /** Of an array whose items the file has. */
  readonly children?: number
  /** Of an array whose items are read when its dependencies have ended: the URI. */
  readonly itemsFrom?: string
  /** Submitted when the run starts; Batch itself keeps it back until its native edges are fulfilled. */
  readonly atOnce: boolean
  readonly edges: readonly PlannedEdge[]
}

/** One dependency, and who sees to it. */
export interface PlannedEdge {
  readonly on: string
  readonly kind: 'native' | 'event'
  readonly type?: 'N_TO_N'
  readonly why: string
}

/** As long as the ids that Batch gives. */
const JOB_ID = '00000000-0000-0000-0000-000000000000'
/** The times matter only for claims, and a run that has not begun has none. */
const TIMES = { lease: 0, settle: 0 }
const NOTHING = { requestBytes: 0, overridesBytes: 0 }

/** Plans a run that has not begun. Pure; a job that cannot be submitted has a problem, nothing is thrown for it. */
export function planRun(run: Run, definition: Definition, stack: string): Plan {
  const native = new Map<string, readonly NativeDependency[]>()
  for (const command of decide({ run, definition, jobs: new Map() }, TIMES, run.createdAt)) {
    if (command.type === 'submit') native.set(command.job, command.native)
  }
  const jobs = definition.order.flatMap((name): readonly PlannedJob[] => {
    const job = definition.workflow.jobs[name]
    if (job === undefined) return []
    const edges = edgesOf(name, job, definition, native)
    const children = childrenOf(job)
    return [
      {
        job: name,
        ...(children === 0 ? NOTHING : requestOf(run, definition, stack, name, native.get(name) ?? [])),
        ...(children !== undefined && { children }),
        ...itemsFrom(run, definition, name),
        atOnce: native.has(name),
        edges,
      },
    ]
  })
  return { jobs }
}

function itemsFrom(
  run: Run,
  definition: Definition,
  job: string,
): Pick<PlannedJob, 'itemsFrom' | 'problem' | 'lookUp'> {
  try {
    const source = itemSourceOf({ run, definition, job, jobIds: {} })
    return source === undefined ? {} : { itemsFrom: source }
  } catch (error) {
    return problemOf(error)
  }
}

function problemOf(error: unknown): Pick<PlannedJob, 'problem' | 'lookUp'> {
  if (!(error instanceof BatchwiseError)) return { problem: String(error) }
  const { lookUp } = error.ids
  return { problem: error.message, ...(lookUp !== undefined && { lookUp: String(lookUp) }) }
}

function requestOf(
  run: Run,
  definition: Definition,
  stack: string,
  job: string,
  native: readonly NativeDependency[],
): Omit<PlannedJob, 'job' | 'atOnce' | 'edges'> {
  const dependsOn = native.map(({ type }) => ({ jobId: JOB_ID, ...(type && { type }) }))
  const jobIds = Object.fromEntries(definition.order.map(name => [name, JOB_ID]))
  const asked = definition.workflow.jobs[job]
  const outputs = asked ? sampleOutputs(asked) : {}
  try {
    const execution = executionRequestOf({ run, definition, job, submission: 1, jobIds, outputs })
    if (execution) return { execution, ...NOTHING, requestBytes: Buffer.byteLength(execution.input) }
    const input = { stack, run, definition, job, submission: 1, dependsOn, jobIds, outputs }
    const request = submissionOf(input)
    return { request, ...(asked?.fallback && { fallback: fallbackOf(input) }), ...bytesOf(request) }
  } catch (error) {
    return { ...problemOf(error), ...NOTHING }
  }
}

function fallbackOf(input: SubmissionInput): NonNullable<PlannedJob['fallback']> {
  const { jobQueue, retryStrategy } = submissionOf({ ...input, fallback: true })
  return { jobQueue, ...(retryStrategy && { retryStrategy }) }
}

function bytesOf(request: SubmitRequest): Pick<PlannedJob, 'requestBytes' | 'overridesBytes'> {
  return {
    requestBytes: Buffer.byteLength(JSON.stringify(request)),
    overridesBytes: Buffer.byteLength(JSON.stringify(request.containerOverrides)),
  }
}

function edgesOf(
  name: string,
  job: Job,
  { workflow }: Definition,
  native: ReadonlyMap<string, readonly NativeDependency[]>,
): readonly PlannedEdge[] {
  const own = native.get(name)
  return job.dependsOn.map(({ job: on }): PlannedEdge => {
    const edge = own?.find(candidate => candidate.job === on)
    if (edge !== undefined) {
      const why =
        edge.type === 'N_TO_N'
          ? `each child when its own child of ${on} has succeeded`
          : `when ${on} has succeeded`
      return { on, kind: 'native', ...(edge.type && { type: edge.type }), why: `AWS Batch starts it ${why}` }
    }
    return { on, kind: 'event', why: whyByEvent(job, workflow.chaining, on, workflow.jobs[on], native) }
  })
}

function whyByEvent(
  job: Job,
  chaining: Definition['workflow']['chaining'],
  on: string,
  parent: Job | undefined,
  native: ReadonlyMap<string, unknown>,
): string {
  if (isReadLater(job.array)) return 'its items are read when its dependencies have ended'
  if (job.when !== 'success') return `\`when: ${job.when}\`, and AWS Batch can only wait for success`
  if (chaining === 'event') return 'the workflow has `chaining: event`'
  if (job.container.type === 'stateMachine') return 'Step Functions knows no dependencies'
  if (parent?.container.type === 'stateMachine') return `AWS Batch cannot wait for ${on}, an execution`
  if (job.dependsOn.length + (job.sequential ? 1 : 0) > MAX_DEPENDENCIES)
    return `AWS Batch takes at most ${MAX_DEPENDENCIES} dependencies`
  if (parent !== undefined && mayGoOn(parent)) return `${on} may fail in AWS Batch and succeed all the same`
  return native.has(on)
    ? 'another of its dependencies is submitted by an event'
    : `${on} is itself submitted by an event`
}

/** A job whose request is nearly as large as it may be. */
export function isNearLimit({ execution, requestBytes, overridesBytes }: PlannedJob): boolean {
  if (execution) return requestBytes > MAX_INPUT_BYTES * 0.8
  return requestBytes > MAX_REQUEST_BYTES * 0.8 || overridesBytes > MAX_OVERRIDES_BYTES * 0.8
}

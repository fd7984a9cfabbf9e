import { BatchwiseError } from '../errors.ts'
import { render, type Scope } from '../workflow/look-up.ts'
import type { ExistingDefinition, Job, RetryStrategy } from '../workflow/workflow.ts'
import { childrenFor, childrenOf, type Definition, isReadLater } from './definition.ts'
import { isFenced } from './fence.ts'
import { type Item, listedItems, textItem } from './items.ts'
import { jobNameOf } from './job-name.ts'
import type { Run } from './run.ts'
import { scopeOfTrigger } from './trigger-scope.ts'

/** SubmitJob's input, as far as Batchwise uses it. @see https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html */
export interface SubmitRequest {
  readonly jobName: string
  readonly jobQueue: string
  readonly jobDefinition: string
  readonly dependsOn?: readonly { readonly jobId?: string; readonly type?: 'N_TO_N' | 'SEQUENTIAL' }[]
  readonly arrayProperties?: { readonly size: number }
  readonly parameters?: Readonly<Record<string, string>>
  readonly containerOverrides: {
    readonly command?: readonly string[]
    readonly environment: readonly { readonly name: string; readonly value: string }[]
    readonly resourceRequirements?: readonly {
      readonly type: 'VCPU' | 'MEMORY' | 'GPU'
      readonly value: string
    }[]
  }
  readonly timeout?: { readonly attemptDurationSeconds: number }
  readonly retryStrategy?: RetryStrategy
  readonly shareIdentifier?: string
  readonly schedulingPriorityOverride?: number
  readonly tags: Readonly<Record<string, string>>
  readonly propagateTags: true
}

export interface SubmissionInput {
  readonly stack: string
  /** Name of the table; only a fenced job is told. */
  readonly table?: string
  readonly run: Run
  readonly definition: Definition
  readonly job: string
  readonly submission: number
  /** On the job's fallback queue. */
  readonly fallback?: boolean
  /** Jobs in Batch that it waits for. */
  readonly dependsOn: readonly { readonly jobId: string; readonly type?: 'N_TO_N' }[]
  /** What `${jobs.NAME.jobId}` gives. */
  readonly jobIds: Readonly<Record<string, string>>
  /** What stands in the manifest of this submission. Without them those of the file count, if it has any. */
  readonly items?: readonly Item[]
  /** What `${jobs.NAME.output}` gives: JSON values. */
  readonly outputs?: Readonly<Record<string, unknown>>
}

/** The submission's request may not be larger. @see https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html */
export const MAX_REQUEST_BYTES = 30 * 1024
/** ECS refuses 8,192 bytes when the job starts, Batch's own variables included; some room is left for those. */
export const MAX_OVERRIDES_BYTES = 7_000

/**
 * Builds the SubmitJob request of one submission: the same run, job and submission give the same request.
 *
 * @throws BatchwiseError E_REQUEST_SIZE, E_COMMAND: the job cannot be submitted as it is, whatever is tried.
 */
export function submissionOf(input: SubmissionInput): SubmitRequest {
  const { run, definition } = input
  const job = definition.workflow.jobs[input.job]
  if (job === undefined) throw new BatchwiseError('E_INTERNAL', `The definition has no job "${input.job}".`)
  const scope = scopeOf(input)
  const fallback = input.fallback ? job.fallback : undefined
  const retry = fallback === undefined ? job.retry : fallback.retry
  const items = input.items ?? itemsInFile(input)
  const { command, parameters } = commandOf(job, scope)
  const size = items === undefined ? childrenOf(job) : childrenFor(items.length)
  const dependsOn = [...input.dependsOn, ...(job.sequential && size ? [{ type: 'SEQUENTIAL' as const }] : [])]
  const request: SubmitRequest = {
    jobName: jobNameOf({
      stack: input.stack,
      workflow: run.workflow,
      job: input.job,
      runId: run.runId,
      submission: input.submission,
    }),
    jobQueue: render(fallback?.jobQueue ?? job.jobQueue, scope),
    jobDefinition: definition.jobDefinitions[input.job] ?? existingName(job, scope),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(size !== undefined && { arrayProperties: { size } }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    containerOverrides: {
      ...(command && { command }),
      environment: environmentOf(input, job, scope, items),
      ...resourcesOf(job.container),
    },
    ...(job.timeout !== undefined && { timeout: { attemptDurationSeconds: job.timeout } }),
    ...(retry && { retryStrategy: retry }),
    ...(job.shareIdentifier !== undefined && { shareIdentifier: render(job.shareIdentifier, scope) }),
    ...(job.schedulingPriority !== undefined && { schedulingPriorityOverride: job.schedulingPriority }),
    tags: tagsOf(input, job, scope),
    propagateTags: true,
  }
  checkSize(input, request)
  return request
}

/** The items that stand in the workflow file; undefined where there are none, or they are read later. */
export function itemsInFile(
  input: Pick<SubmissionInput, 'run' | 'definition' | 'job' | 'jobIds'>,
): readonly Item[] | undefined {
  const array = input.definition.workflow.jobs[input.job]?.array
  return array?.type === 'items' ? array.items.map(item => textItem(render(item, scopeOf(input)))) : undefined
}

/** The URI that the items of a job are read from when its dependencies have ended; undefined for any other job. */
export function itemSourceOf(
  input: Pick<SubmissionInput, 'run' | 'definition' | 'job' | 'jobIds'>,
): string | undefined {
  const array = input.definition.workflow.jobs[input.job]?.array
  return isReadLater(array) ? render(array.uri, scopeOf(input)) : undefined
}

/** `s3://<outputBucket>/<workflow>/<runId>`: what `${run.output}` gives. */
export function outputOf(run: Pick<Run, 'workflow' | 'runId'>, outputBucket: string): string {
  return `s3://${outputBucket}/${run.workflow}/${run.runId}`
}

function outputUri({ run, definition }: SubmissionInput): string {
  return outputOf(run, definition.outputBucket)
}

/** Where the items of a submission stand: written once, read by its children. */
export function manifestUri(
  input: Pick<SubmissionInput, 'run' | 'definition' | 'job' | 'submission'>,
): string {
  const output = outputOf(input.run, input.definition.outputBucket)
  return `${output}/_batchwise/${input.job}.${input.submission}.jsonl`
}

/** The queue a job is submitted to, and looked for in. */
export function queueOf(run: Run, definition: Definition, job: string, isFallback = false): string {
  const { jobQueue = '', fallback } = definition.workflow.jobs[job] ?? {}
  const template = isFallback && fallback !== undefined ? fallback.jobQueue : jobQueue
  return render(template, scopeOf({ run, definition, jobIds: {} }))
}

/** What the texts of a job see when it is submitted. */
export function scopeOf(input: Pick<SubmissionInput, 'run' | 'definition' | 'jobIds' | 'outputs'>): Scope {
  const { run, jobIds, outputs = {} } = input
  return {
    trigger: scopeOfTrigger(run.trigger),
    parameters: run.parameters,
    run: {
      id: run.runId,
      workflow: run.workflow,
      output: outputOf(run, input.definition.outputBucket),
      createdAt: new Date(run.createdAt).toISOString(),
    },
    jobs: Object.fromEntries(
      Object.entries(jobIds).map(([name, jobId]) => [name, { jobId, output: outputs[name] }]),
    ),
  }
}

/**
 * Batch scans commands for `Ref::NAME`. An element in which a substituted value brings such a text in travels whole as
 * a parameter of its own, so that it reaches the container byte for byte.
 */
function commandOf(
  job: Job,
  scope: Scope,
): { command?: readonly string[]; parameters: Record<string, string> } {
  const parameters: Record<string, string> = {}
  for (const [name, value] of Object.entries(job.parameters)) parameters[name] = render(value, scope)
  const command = job.command?.map((element, index) => {
    const value = render(element, scope)
    if (value === '') {
      throw new BatchwiseError(
        'E_COMMAND',
        `command[${index}] (${element}) is empty once its look-ups are replaced; Batch refuses that. Give it a value or leave it out.`,
      )
    }
    if (references(value) <= references(element)) return value
    const name = `batchwise${index}`
    parameters[name] = value
    return `Ref::${name}`
  })
  return { ...(command && { command }), parameters }
}

const references = (text: string): number => text.split('Ref::').length - 1

function existingName(job: Job, scope: Scope): string {
  return job.container.type === 'existing' ? render(job.container.jobDefinition, scope) : ''
}

function environmentOf(
  input: SubmissionInput,
  job: Job,
  scope: Scope,
  items: readonly Item[] | undefined,
): SubmitRequest['containerOverrides']['environment'] {
  const { run } = input
  const { bucket, key, versionId } = run.trigger.values
  const hasItems = job.array !== undefined && job.array.type !== 'size'
  const values: Record<string, string | undefined> = {
    BATCHWISE_RUN_ID: run.runId,
    BATCHWISE_WORKFLOW: run.workflow,
    BATCHWISE_JOB: input.job,
    BATCHWISE_SUBMISSION: String(input.submission),
    BATCHWISE_OUTPUT: outputUri(input),
    BATCHWISE_TABLE: isFenced(job) ? input.table : undefined,
    BATCHWISE_BUCKET: bucket,
    BATCHWISE_KEY: key,
    BATCHWISE_VERSION_ID: versionId,
    BATCHWISE_MANIFEST: hasItems ? manifestUri(input) : undefined,
    BATCHWISE_ITEMS: items && listedItems(items),
  }
  for (const [name, value] of Object.entries(job.environment)) values[name] = render(value, scope)
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
}

function resourcesOf(
  container: Job['container'],
): Pick<SubmitRequest['containerOverrides'], 'resourceRequirements'> {
  if (container.type !== 'existing') return {}
  const { vcpu, memory, gpu }: ExistingDefinition = container
  const requirements = [
    { type: 'VCPU' as const, amount: vcpu },
    { type: 'MEMORY' as const, amount: memory },
    { type: 'GPU' as const, amount: gpu },
  ].flatMap(({ type, amount }) => (amount ? [{ type, value: String(amount) }] : []))
  return requirements.length > 0 ? { resourceRequirements: requirements } : {}
}

/** Batch's tag values allow letters, digits, spaces and `_.:/=+-@`; anything else of an outside value becomes `_`. */
function tagsOf(input: SubmissionInput, job: Job, scope: Scope): Readonly<Record<string, string>> {
  const own = { ...input.definition.workflow.tags, ...job.tags }
  const tags = Object.fromEntries(
    Object.entries(own).map(([name, value]) => [
      name,
      render(value, scope)
        .replace(/[^\p{L}\p{N} _.:/=+\-@]/gu, '_')
        .slice(0, 256),
    ]),
  )
  return {
    ...tags,
    'batchwise:stack': input.stack,
    'batchwise:workflow': input.run.workflow,
    'batchwise:run': input.run.runId,
    'batchwise:job': input.job,
  }
}

function checkSize({ job }: SubmissionInput, request: SubmitRequest): void {
  const whole = Buffer.byteLength(JSON.stringify(request))
  const overrides = Buffer.byteLength(JSON.stringify(request.containerOverrides))
  if (whole <= MAX_REQUEST_BYTES && overrides <= MAX_OVERRIDES_BYTES) return
  throw new BatchwiseError(
    'E_REQUEST_SIZE',
    `Job "${job}": its SubmitJob request has ${whole} bytes (limit ${MAX_REQUEST_BYTES}), its container overrides ${overrides} (limit ${MAX_OVERRIDES_BYTES}). Pass big inputs in a file and give the job its URI.`,
  )
}

import { type AlertSettings, DEFAULT_ALERTS } from '../alert/alert-kind.ts'
import { compileTrigger } from './compile-trigger.ts'
import { parseDuration } from './duration.ts'
import { parseMemorySize } from './memory-size.ts'
import { mapNamed, named } from './named.ts'
import { jobQueueOf, platformOf } from './platform.ts'
import type { RetryOptions } from './retry-schema.ts'
import { compileRetry, retryAfterFallback, retryBeforeFallback } from './retry-strategy.ts'
import { parseTolerance } from './tolerance.ts'
import { withoutUndefined } from './without-undefined.ts'
import type { ExistingDefinition, ImageContainer, Job, Workflow } from './workflow.ts'
import type { JobFile, WorkflowFile } from './workflow-schema.ts'

type Texts = Readonly<Record<string, string | number | boolean>>

const JOB_ROLE = '${stack.jobRole}'

/** A file without faults as the core sees it: defaults applied, units converted, look-ups left as written. */
export function compileWorkflow(file: WorkflowFile): Workflow {
  const { workflow, description, chaining = 'auto', tags, parameters = {}, triggers = [] } = file
  return {
    name: workflow,
    ...(description !== undefined && { description }),
    chaining,
    tags: texts(tags),
    parameters: mapNamed(parameters, declaration => withoutUndefined(declaration)),
    triggers: triggers.flatMap(compileTrigger),
    ...(file.deadline !== undefined && { deadline: seconds(file.deadline) }),
    ...(file.concurrency && { concurrency: withoutUndefined(file.concurrency) }),
    ...(file.alerts && { alerts: compileAlerts(file.alerts) }),
    jobs: mapNamed(file.jobs, job => compileJob(job, file)),
  }
}

function compileAlerts({ on, sms, stuckAfter }: NonNullable<WorkflowFile['alerts']>): AlertSettings {
  return {
    on: on ?? DEFAULT_ALERTS.on,
    sms: sms ?? DEFAULT_ALERTS.sms,
    stuckAfter: stuckAfter === undefined ? DEFAULT_ALERTS.stuckAfter : seconds(stuckAfter),
  }
}

/** E136 refuses what is no duration. */
function seconds(duration: number | string): number {
  return parseDuration(duration) ?? 0
}

function compileJob(job: JobFile, { defaults = {}, tags }: WorkflowFile): Job {
  const timeout = job.timeout ?? defaults.timeout
  const retry = job.retry ?? defaults.retry
  if (job.stateMachine !== undefined) return execution(job, job.stateMachine)
  return withoutUndefined({
    container: job.image === undefined ? existingDefinition(job) : imageContainer(job, job.image, defaults),
    jobQueue: jobQueueOf(job, defaults),
    command: job.command?.map(String),
    environment: texts(defaults.environment, job.environment),
    parameters: texts(job.parameters),
    tags: texts(tags, defaults.tags, job.tags),
    dependsOn: dependencies(job),
    when: job.when ?? 'success',
    array: compileArray(job.array),
    tolerate: job.tolerate === undefined ? undefined : parseTolerance(job.tolerate),
    sequential: job.sequential ?? false,
    timeout: timeout === undefined ? undefined : parseDuration(timeout),
    ...compileAttempts(retry, job.fallback),
    shareIdentifier: job.shareIdentifier,
    schedulingPriority: job.schedulingPriority,
  })
}

function dependencies({ dependsOn = [] }: JobFile): Job['dependsOn'] {
  return dependsOn.map(entry => (typeof entry === 'string' ? { job: entry } : withoutUndefined(entry)))
}

/** E111 refuses what only Batch knows, and `defaults` are for Batch. */
function execution(job: JobFile, stateMachine: string): Job {
  return {
    container: { type: 'stateMachine', stateMachine, input: job.input ?? {} },
    jobQueue: stateMachine,
    ...{ environment: {}, parameters: {}, tags: {}, sequential: false },
    dependsOn: dependencies(job),
    when: job.when ?? 'success',
  }
}

/** E130 refuses anything but one of them. */
function compileAttempts(
  retry: RetryOptions | undefined,
  fallback: JobFile['fallback'],
): Pick<Job, 'retry' | 'fallback'> {
  if (fallback === undefined) return retry === undefined ? {} : { retry: compileRetry(retry) }
  const { afterSpot, jobQueue } = fallback
  const after = retryAfterFallback(retry, afterSpot)
  return {
    retry: retryBeforeFallback(retry, afterSpot),
    fallback: { jobQueue, ...(after && { retry: after }) },
  }
}

function compileArray(array: JobFile['array']): Job['array'] | undefined {
  if (array === undefined) return undefined
  if (typeof array === 'number') return { type: 'size', size: array }
  const { items = [], lines, objects } = array
  if (lines !== undefined) return { type: 'lines', uri: lines }
  if (objects !== undefined) return { type: 'objects', uri: objects }
  return { type: 'items', items: items.map(String) }
}

/** `vcpu` and `memory` are there: E111 refuses an image job without them. */
function imageContainer(job: JobFile, image: string, defaults: WorkflowFile['defaults']): ImageContainer {
  const storage = job.storage === undefined ? undefined : parseMemorySize(job.storage)
  return withoutUndefined({
    type: 'image' as const,
    image,
    vcpu: job.vcpu ?? 0,
    memory: mebibytes(job.memory) ?? 0,
    gpu: job.gpu ?? 0,
    platform: platformOf(job, defaults),
    architecture: job.architecture ?? 'X86_64',
    storage: storage === undefined ? undefined : storage / 1024,
    jobRole: job.jobRole ?? JOB_ROLE,
    executionRole: job.executionRole,
    secrets: job.secrets,
    containerProperties: job.containerProperties,
  })
}

function existingDefinition(job: JobFile): ExistingDefinition {
  return withoutUndefined({
    type: 'existing' as const,
    jobDefinition: job.jobDefinition ?? '',
    vcpu: job.vcpu,
    memory: mebibytes(job.memory),
    gpu: job.gpu,
  })
}

function mebibytes(memory: number | string | undefined): number | undefined {
  return memory === undefined ? undefined : parseMemorySize(memory)
}

/** Later ones win. */
function texts(...records: readonly (Texts | undefined)[]): Record<string, string> {
  const entries = records.flatMap(record => Object.entries(record ?? {}))
  return named(entries.map(([name, value]) => [name, String(value)]))
}

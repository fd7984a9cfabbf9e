import { render, renderScope } from './look-up.ts'
import { mapNamed } from './named.ts'
import type { Concurrency, Job, Trigger, Workflow } from './workflow.ts'

/**
 * Replaces `${stack.NAME}` everywhere in a workflow. Buckets, images, roles and containerProperties, which know no
 * other look-up, become final texts; all else stays a template for `render`, with the stack's values escaped.
 *
 * Job definition names are made from the workflow as it was read: call `jobDefinitionName` before this.
 *
 * @throws {BatchwiseError} E143 for a name the stack does not have.
 */
export function resolveStack(workflow: Workflow, stack: Readonly<Record<string, string>>): Workflow {
  const partly = (text: string) => renderScope(text, 'stack', { stack })
  const wholly = (text: string) => render(text, { stack })
  return {
    ...workflow,
    tags: mapNamed(workflow.tags, partly),
    ...(workflow.concurrency && { concurrency: resolveConcurrency(workflow.concurrency, partly) }),
    triggers: workflow.triggers.map(trigger => resolveTrigger(trigger, partly, wholly)),
    jobs: mapNamed(workflow.jobs, job => resolveJob(job, partly, wholly)),
  }
}

type Resolve = (text: string) => string

function resolveConcurrency({ limit, by }: Concurrency, partly: Resolve): Concurrency {
  return { limit, ...(by !== undefined && { by: partly(by) }) }
}

function resolveTrigger(trigger: Trigger, partly: Resolve, wholly: Resolve): Trigger {
  if (trigger.type === 'object') return { ...trigger, bucket: wholly(trigger.bucket) }
  const parameters = mapNamed(trigger.parameters, value =>
    typeof value === 'string' ? partly(value) : value,
  )
  if (trigger.type !== 'event') return { ...trigger, parameters }
  return { ...trigger, parameters, pattern: mapNamed(trigger.pattern, value => resolveValue(value, wholly)) }
}

function resolveJob(job: Job, partly: Resolve, wholly: Resolve): Job {
  return {
    ...job,
    container: resolveContainer(job.container, partly, wholly),
    jobQueue: partly(job.jobQueue),
    ...(job.fallback && { fallback: { ...job.fallback, jobQueue: partly(job.fallback.jobQueue) } }),
    ...(job.command && { command: job.command.map(partly) }),
    environment: mapNamed(job.environment, partly),
    parameters: mapNamed(job.parameters, partly),
    tags: mapNamed(job.tags, partly),
    ...(job.array && { array: resolveArray(job.array, partly) }),
    ...(job.shareIdentifier !== undefined && { shareIdentifier: partly(job.shareIdentifier) }),
  }
}

function resolveArray(array: NonNullable<Job['array']>, partly: Resolve): NonNullable<Job['array']> {
  switch (array.type) {
    case 'size':
      return array
    case 'items':
      return { ...array, items: array.items.map(partly) }
    case 'lines':
    case 'objects':
      return { ...array, uri: partly(array.uri) }
  }
}

function resolveContainer(container: Job['container'], partly: Resolve, wholly: Resolve): Job['container'] {
  if (container.type === 'existing') return { ...container, jobDefinition: partly(container.jobDefinition) }
  if (container.type === 'stateMachine') {
    const input = mapNamed(container.input, value => resolveValue(value, partly))
    return { ...container, stateMachine: partly(container.stateMachine), input }
  }
  const { executionRole, secrets, containerProperties } = container
  return {
    ...container,
    image: wholly(container.image),
    jobRole: wholly(container.jobRole),
    ...(executionRole !== undefined && { executionRole: wholly(executionRole) }),
    ...(secrets && { secrets: mapNamed(secrets, wholly) }),
    ...(containerProperties && {
      containerProperties: mapNamed(containerProperties, value => resolveValue(value, wholly)),
    }),
  }
}

function resolveValue(value: unknown, resolve: Resolve): unknown {
  if (typeof value === 'string') return resolve(value)
  if (Array.isArray(value)) return value.map(item => resolveValue(item, resolve))
  if (typeof value !== 'object' || value === null) return value
  return mapNamed(value as Readonly<Record<string, unknown>>, inner => resolveValue(inner, resolve))
}

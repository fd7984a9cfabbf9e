import {
  type JobDefinitionRequest,
  jobDefinitionName,
  jobDefinitionRequest,
} from '../../core/workflow/job-definition.ts'
import { resolveStack } from '../../core/workflow/resolve-stack.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import { logicalId, type Resource, type Resources } from '../template/cloudformation.ts'
import { placeholders, type StackNames, withStackNames } from '../template/stack-names.ts'

export interface JobDefinitionsInput {
  /** First part of every definition's name. */
  readonly stackName: string
  /** Checked, `${stack...}` still in them. */
  readonly workflows: readonly Workflow[]
  readonly names: StackNames
}

/** A job definition for each job with an image. */
export function jobDefinitions({ stackName, workflows, names }: JobDefinitionsInput): Resources {
  const texts = placeholders(names)
  const resources = workflows.flatMap(workflow => {
    const resolved = resolveStack(workflow, texts)
    return Object.entries(workflow.jobs).flatMap(([jobName, job]): [string, Resource][] => {
      const request = jobDefinitionRequest(resolved.jobs[jobName] ?? job, {
        name: jobDefinitionName(stackName, workflow.name, jobName, job),
        executionRole: texts['executionRole'] ?? '',
        logGroup: texts['logGroup'] ?? '',
      })
      if (request === undefined) return []
      const id = logicalId(workflow.name, jobName, 'job-definition')
      return [[id, withStackNames(jobDefinition(request), names) as Resource]]
    })
  })
  return Object.fromEntries(resources)
}

/**
 * Never deregistered by CloudFormation, neither when its content and with it its name changes, nor when its job is gone:
 * runs that started before follow it to their end.
 */
function jobDefinition(request: JobDefinitionRequest): Resource {
  return {
    Type: 'AWS::Batch::JobDefinition',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      ...(capitalized(request) as Readonly<Record<string, unknown>>),
      ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true },
    },
  }
}

/** Maps whose keys are the user's, not the API's. */
const FREE = new Set(['options', 'tags', 'parameters', 'labels'])

/** CloudFormation writes the API's names with a capital. */
function capitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalized)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      FREE.has(key) ? inner : capitalized(inner),
    ]),
  )
}

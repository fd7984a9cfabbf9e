import type { RegisterJobDefinitionCommandInput } from '@aws-sdk/client-batch'
import { jobDefinitionName, jobDefinitionRequest } from '../../core/workflow/job-definition.ts'
import { resolveStack } from '../../core/workflow/resolve-stack.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import { LOCAL_IDENTITY, LOCAL_STACK_NAME } from './local-names.ts'

/** The job definitions that a deploy would register: one for each job with an image. */
export function jobDefinitionsOf(
  workflows: readonly Workflow[],
  stack: Readonly<Record<string, string>>,
): readonly RegisterJobDefinitionCommandInput[] {
  return workflows.flatMap(workflow => {
    const resolved = resolveStack(workflow, stack)
    return Object.entries(workflow.jobs).flatMap(([jobName, job]) => {
      const resolvedJob = resolved.jobs[jobName] ?? job
      const request = jobDefinitionRequest(resolvedJob, {
        name: jobDefinitionName(LOCAL_STACK_NAME, workflow.name, jobName, job),
        executionRole: `arn:aws:iam::${LOCAL_IDENTITY.account}:role/batchwise-execution`,
        logGroup: '/aws/batch/job',
      })
      return request === undefined
        ? []
        : [structuredClone(request) as unknown as RegisterJobDefinitionCommandInput]
    })
  })
}

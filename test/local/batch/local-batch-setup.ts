import {
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  RegisterJobDefinitionCommand,
  type RegisterJobDefinitionCommandInput,
  SubmitJobCommand,
  type SubmitJobCommandInput,
} from '@aws-sdk/client-batch'
import type { LocalBatch } from './local-batch.ts'

/** Creates the compute environment `machine`, the queue `main` over it, and the job definition `shell`. */
export async function furnish(local: LocalBatch, vcpus = 8): Promise<void> {
  await local.client.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName: 'machine',
      type: 'MANAGED',
      computeResources: { type: 'EC2', minvCpus: 0, maxvCpus: vcpus, subnets: ['subnet-1'] },
    }),
  )
  await local.client.send(
    new CreateJobQueueCommand({
      jobQueueName: 'main',
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'machine' }],
    }),
  )
  await register(local)
}

export async function register(
  local: LocalBatch,
  input: Partial<RegisterJobDefinitionCommandInput> = {},
  command: readonly string[] = ['true'],
): Promise<string> {
  const answer = await local.client.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: 'shell',
      type: 'container',
      containerProperties: {
        image: 'busybox',
        command: [...command],
        resourceRequirements: [
          { type: 'VCPU', value: '1' },
          { type: 'MEMORY', value: '64' },
        ],
      },
      ...input,
    }),
  )
  return answer.jobDefinitionArn ?? ''
}

export async function submit(local: LocalBatch, input: Partial<SubmitJobCommandInput> = {}): Promise<string> {
  const job = { jobName: 'job', jobQueue: 'main', jobDefinition: 'shell', ...input }
  const { jobId } = await local.client.send(new SubmitJobCommand(job))
  return jobId ?? ''
}

/** Submits a script for `/bin/sh`. */
export function submitScript(
  local: LocalBatch,
  script: string,
  input: Partial<SubmitJobCommandInput> = {},
): Promise<string> {
  return submit(local, {
    ...input,
    containerOverrides: { ...input.containerOverrides, command: ['sh', '-c', script] },
  })
}

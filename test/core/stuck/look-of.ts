import type { ComputeEnvironment, QueueLook, WaitingJob } from '../../../src/core/stuck/queue-look.ts'

/** An environment in short: its differences from a good one on Fargate with 4 vCPUs. */
export function environmentOf(differences: Partial<ComputeEnvironment> = {}): ComputeEnvironment {
  return {
    ...{ name: 'spot', isEnabled: true, isValid: true, statusReason: '', isFargate: true },
    ...{ maxvCpus: 4, instanceTypes: [] },
    ...differences,
  }
}

/** A look at the queue `default` with one good environment, in which a job of 1 vCPU waits. */
export function lookOf(
  differences: Partial<Omit<QueueLook, 'job'>> & { readonly job?: Partial<WaitingJob> } = {},
): QueueLook {
  const { job, ...others } = differences
  return {
    queue: { name: 'default', isValid: true, statusReason: '' },
    environments: [environmentOf()],
    takenVcpu: 0,
    ...others,
    job: { jobName: 'job', vcpu: 1, memory: 2048, ...job },
  }
}

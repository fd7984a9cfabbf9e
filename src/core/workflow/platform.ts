import type { JobFile, WorkflowFile } from './workflow-schema.ts'

const DEFAULT_QUEUE = '${stack.defaultQueue}'
export const EC2_SPOT_QUEUE = '${stack.ec2SpotQueue}'

type Defaults = WorkflowFile['defaults']

/** Where an image job runs: as it says, else on EC2 if it wants GPUs or goes to the EC2 queue, else on Fargate. */
export function platformOf(job: JobFile, defaults: Defaults): 'FARGATE' | 'EC2' {
  if (job.platform) return job.platform
  const wantsEc2 = (job.gpu ?? 0) > 0 || (job.jobQueue ?? defaults?.jobQueue) === EC2_SPOT_QUEUE
  return wantsEc2 ? 'EC2' : 'FARGATE'
}

/** The queue of a job, or the state machine of an execution. An image job for EC2 that names none goes to the EC2 queue: the default one is Fargate's. */
export function jobQueueOf(job: JobFile, defaults: Defaults): string {
  if (job.stateMachine !== undefined) return job.stateMachine
  const named = job.jobQueue ?? defaults?.jobQueue
  if (named !== undefined) return named
  return job.image !== undefined && platformOf(job, defaults) === 'EC2' ? EC2_SPOT_QUEUE : DEFAULT_QUEUE
}

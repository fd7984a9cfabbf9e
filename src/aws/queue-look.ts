import {
  type BatchClient,
  DescribeJobQueuesCommand,
  DescribeJobsCommand,
  GetJobQueueSnapshotCommand,
  type JobDetail,
  ListJobsCommand,
} from '@aws-sdk/client-batch'
import type { SpokenReasons } from '../core/run/explain-end.ts'
import type { LookedAtQueue, WaitingJob } from '../core/stuck/queue-look.ts'
import type { QueuePort } from '../ports.ts'
import { createEnvironmentReader } from './environment-reader.ts'

/** Queues as people see them: what stands at their head, and why it may not start. Every call may be repeated. */
export function queuesWith(client: BatchClient): QueuePort {
  return {
    async head(queue) {
      const { frontOfQueue } = await client.send(new GetJobQueueSnapshotCommand({ jobQueue: queue }))
      const [first] = frontOfQueue?.jobs ?? []
      if (first?.jobArn === undefined || first.earliestTimeAtPosition === undefined) return undefined
      return { jobId: lastPart(first.jobArn), since: first.earliestTimeAtPosition }
    },
    async look(queue, jobId) {
      const [{ found, names }, job, takenVcpu] = await Promise.all([
        describeQueue(client, queue),
        describeJob(client, jobId),
        vcpuTaken(client, queue),
      ])
      const described = await createEnvironmentReader(client).environments(names)
      const environments = names.flatMap(name => described.find(it => it.name === lastPart(name)) ?? [])
      return { queue: found, environments, ...(job && { job }), takenVcpu }
    },
  }
}

async function describeQueue(
  client: BatchClient,
  queue: string,
): Promise<{ readonly found: LookedAtQueue; readonly names: readonly string[] }> {
  const { jobQueues = [] } = await client.send(new DescribeJobQueuesCommand({ jobQueues: [queue] }))
  const { status, statusReason = '', computeEnvironmentOrder = [] } = jobQueues[0] ?? {}
  const found = { name: lastPart(queue), isValid: status === 'VALID', statusReason }
  const inOrder = computeEnvironmentOrder.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0))
  return { found, names: inOrder.flatMap(({ computeEnvironment }) => computeEnvironment ?? []) }
}

async function describeJob(client: BatchClient, jobId: string): Promise<WaitingJob | undefined> {
  const { jobs: [job] = [] } = await client.send(new DescribeJobsCommand({ jobs: [jobId] }))
  if (job === undefined) return undefined
  const { jobName = '', statusReason, container, attempts = [] } = job
  const last = attempts.at(-1)
  return {
    jobName,
    ...given('vcpu', required(job, 'VCPU') ?? container?.vcpus),
    ...given('memory', required(job, 'MEMORY') ?? container?.memory),
    ...given('gpu', required(job, 'GPU')),
    ...given('image', container?.image),
    ...given('statusReason', statusReason),
    ...(last && { lastEnd: endOf(last.statusReason, last.container?.reason) }),
  }
}

function endOf(statusReason: string | undefined, reason: string | undefined): SpokenReasons {
  return { ...given('statusReason', statusReason), ...given('reason', reason) }
}

function required({ container }: JobDetail, type: 'VCPU' | 'MEMORY' | 'GPU'): number | undefined {
  const value = container?.resourceRequirements?.find(requirement => requirement.type === type)?.value
  return value === undefined ? undefined : Number(value)
}

/** Of at most 100 jobs: enough to see that an environment is full, never too much. */
async function vcpuTaken(client: BatchClient, queue: string): Promise<number> {
  const { jobSummaryList = [] } = await client.send(
    new ListJobsCommand({ jobQueue: queue, jobStatus: 'RUNNING', maxResults: 100 }),
  )
  const jobs = jobSummaryList.flatMap(({ jobId }) => jobId ?? [])
  if (jobs.length === 0) return 0
  const described = await client.send(new DescribeJobsCommand({ jobs }))
  return (described.jobs ?? []).reduce((sum, job) => sum + (required(job, 'VCPU') ?? 0), 0)
}

/** The name in an ARN; a name is one already. */
function lastPart(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [name in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [name in Name]: Value })
}

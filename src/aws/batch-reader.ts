import {
  type ArrayPropertiesDetail,
  type ArrayPropertiesSummary,
  type AttemptDetail,
  type BatchClient,
  DescribeJobsCommand,
  type JobDetail,
  type JobStatus,
  ListJobsCommand,
} from '@aws-sdk/client-batch'
import type { BatchStatus } from '../core/run/job-record.ts'

/** A job as Batch describes it now. Times in milliseconds. */
export interface DescribedJob {
  readonly jobId: string
  readonly jobName: string
  readonly status: BatchStatus
  readonly createdAt?: number
  readonly startedAt?: number
  readonly stoppedAt?: number
  readonly statusReason?: string
  readonly reason?: string
  readonly exitCode?: number
  /** vCPUs of one container. */
  readonly vcpu?: number
  /** Ended attempts, oldest first. */
  readonly attempts: readonly DescribedAttempt[]
  /** Of the attempt that runs, or the last one. */
  readonly logStream?: string
  /** As the job's log configuration has it; Batch's own group otherwise. */
  readonly logGroup?: string
  readonly array?: ArrayCounts
}

export interface DescribedAttempt {
  readonly startedAt?: number
  readonly stoppedAt?: number
  readonly statusReason?: string
  readonly reason?: string
  readonly exitCode?: number
  readonly logStream?: string
}

export interface ArrayCounts {
  readonly size: number
  /** Children by status; may lag. */
  readonly counts: Readonly<Partial<Record<BatchStatus, number>>>
}

/** A line of ListJobs. */
export interface JobLine {
  readonly jobId: string
  readonly jobName: string
  readonly status: BatchStatus
  readonly createdAt: number
  readonly startedAt?: number
  readonly stoppedAt?: number
  readonly statusReason?: string
  readonly exitCode?: number
  readonly array?: ArrayCounts
}

/** What people ask of Batch; every call may be repeated. */
export interface BatchReader {
  /** One call for each 100 ids; jobs that Batch has forgotten are left out. Ids of children (`id:7`) are fine. */
  describe(jobIds: readonly string[]): Promise<readonly DescribedJob[]>
  /** Jobs of one status, at most `limit`. */
  list(
    where: { readonly queue: string } | { readonly arrayJobId: string },
    status: BatchStatus,
    limit: number,
  ): Promise<readonly JobLine[]>
}

const DESCRIBE_AT_ONCE = 100

export function createBatchReader(client: BatchClient): BatchReader {
  return {
    async describe(jobIds) {
      const found: DescribedJob[] = []
      for (let start = 0; start < jobIds.length; start += DESCRIBE_AT_ONCE) {
        const jobs = jobIds.slice(start, start + DESCRIBE_AT_ONCE)
        const answer = await client.send(new DescribeJobsCommand({ jobs }))
        found.push(...(answer.jobs ?? []).flatMap(described))
      }
      return found
    },

    async list(where, status, limit) {
      const found: JobLine[] = []
      let nextToken: string | undefined
      do {
        const page = await client.send(
          new ListJobsCommand({
            ...('queue' in where ? { jobQueue: where.queue } : { arrayJobId: where.arrayJobId }),
            jobStatus: status,
            maxResults: Math.min(1000, limit - found.length),
            nextToken,
          }),
        )
        for (const job of page.jobSummaryList ?? []) {
          if (job.jobId === undefined) continue
          found.push({
            jobId: job.jobId,
            jobName: job.jobName ?? '',
            status: statusOf(job.status) ?? status,
            createdAt: job.createdAt ?? 0,
            ...present('startedAt', job.startedAt),
            ...present('stoppedAt', job.stoppedAt),
            ...present('statusReason', job.statusReason),
            ...present('exitCode', job.container?.exitCode),
            ...present('array', countsOf(job.arrayProperties)),
          })
        }
        nextToken = page.nextToken
      } while (nextToken !== undefined && found.length < limit)
      return found
    },
  }
}

function described(job: JobDetail): readonly DescribedJob[] {
  const { jobId, jobName, container } = job
  const status = statusOf(job.status)
  if (jobId === undefined || jobName === undefined || status === undefined) return []
  const attempts = (job.attempts ?? []).map(attemptOf)
  const last = attempts.at(-1)
  return [
    {
      jobId,
      jobName,
      status,
      attempts,
      ...present('createdAt', job.createdAt),
      ...present('startedAt', job.startedAt),
      ...present('stoppedAt', job.stoppedAt),
      ...present('statusReason', job.statusReason),
      ...present('reason', last?.reason ?? container?.reason),
      ...present('exitCode', last?.exitCode ?? container?.exitCode),
      ...present('vcpu', vcpuOf(job)),
      ...present('logStream', container?.logStreamName ?? last?.logStream),
      ...present('logGroup', container?.logConfiguration?.options?.['awslogs-group']),
      ...present('array', countsOf(job.arrayProperties)),
    },
  ]
}

function attemptOf({ startedAt, stoppedAt, statusReason, container }: AttemptDetail): DescribedAttempt {
  return {
    ...present('startedAt', startedAt),
    ...present('stoppedAt', stoppedAt),
    ...present('statusReason', statusReason),
    ...present('reason', container?.reason),
    ...present('exitCode', container?.exitCode),
    ...present('logStream', container?.logStreamName),
  }
}

function vcpuOf({ container }: JobDetail): number | undefined {
  const value = container?.resourceRequirements?.find(({ type }) => type === 'VCPU')?.value
  const vcpu = value === undefined ? container?.vcpus : Number(value)
  return vcpu !== undefined && vcpu > 0 ? vcpu : undefined
}

function countsOf(
  properties: ArrayPropertiesDetail | ArrayPropertiesSummary | undefined,
): ArrayCounts | undefined {
  if (properties?.size === undefined || properties.index !== undefined) return undefined
  const summary = 'statusSummary' in properties ? properties.statusSummary : undefined
  return { size: properties.size, counts: summary ?? {} }
}

/** A status that only service jobs have (SCHEDULED) is none of ours. */
function statusOf(status: JobStatus | undefined): BatchStatus | undefined {
  switch (status) {
    case 'SUBMITTED':
    case 'PENDING':
    case 'RUNNABLE':
    case 'STARTING':
    case 'RUNNING':
    case 'SUCCEEDED':
    case 'FAILED':
      return status
    default:
      return undefined
  }
}

function present<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [name in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in Name]: Value })
}

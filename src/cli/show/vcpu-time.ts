import type { BatchReader, DescribedJob, JobLine } from '../../aws/batch-reader.ts'
import type { Job } from '../../core/workflow/workflow.ts'
import type { JobDetails } from './run-details.ts'

const MOST_CHILDREN = 10_000
const HOUR = 3_600_000

/**
 * vCPU-hours that the jobs of a run have used, all attempts together; of arrays the last attempt of each child that has
 * ended. Jobs that Batch has forgotten count with what the table knows of them. Two calls for each array.
 */
export async function vcpuHours(
  jobs: readonly JobDetails[],
  described: ReadonlyMap<string, DescribedJob>,
  batch: BatchReader,
  now: number,
): Promise<number> {
  const times = await Promise.all(
    jobs.map(async details => {
      const live = described.get(details.jobId ?? '')
      const vcpu = vcpuOf(details.view.job, live)
      return vcpu === 0 ? 0 : vcpu * (await machineTime(details, live, batch, now))
    }),
  )
  return times.reduce((sum, time) => sum + time, 0) / HOUR
}

function vcpuOf({ container }: Job, live: DescribedJob | undefined): number {
  return live?.vcpu ?? (container.type === 'stateMachine' ? 0 : (container.vcpu ?? 0))
}

async function machineTime(
  details: JobDetails,
  live: DescribedJob | undefined,
  batch: BatchReader,
  now: number,
): Promise<number> {
  if (details.array !== undefined) {
    return live === undefined ? 0 : sumOf(await endedChildren(live.jobId, batch))
  }
  const ended = sumOf(live?.attempts ?? [details]) + (details.view.record?.reclaimedBefore ?? 0)
  const runs = live?.status === 'RUNNING' && live.startedAt !== undefined
  return ended + (runs ? now - (live?.startedAt ?? now) : 0)
}

async function endedChildren(arrayJobId: string, batch: BatchReader): Promise<readonly JobLine[]> {
  const lists = await Promise.all(
    (['SUCCEEDED', 'FAILED'] as const).map(status => batch.list({ arrayJobId }, status, MOST_CHILDREN)),
  )
  return lists.flat()
}

function sumOf(
  spans: readonly { readonly startedAt?: number | undefined; readonly stoppedAt?: number | undefined }[],
): number {
  return spans.reduce(
    (sum, { startedAt, stoppedAt }) =>
      startedAt === undefined || stoppedAt === undefined ? sum : sum + Math.max(0, stoppedAt - startedAt),
    0,
  )
}

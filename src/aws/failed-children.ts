import { setTimeout as sleep } from 'node:timers/promises'
import {
  type BatchClient,
  DescribeJobsCommand,
  type JobDetail,
  type JobSummary,
  ListJobsCommand,
} from '@aws-sdk/client-batch'
import { type FailedChildren, indexRanges } from '../core/run/failed-children.ts'
import type { BatchPort } from '../ports.ts'

/** Batch's lists may lag behind its events by a moment. */
const MOST_LOOKS = 3
const BETWEEN_LOOKS = 700

/**
 * Lists the failed children of an array, over all pages, and looks at the first. A child that the list does not have yet
 * would never run again, so the list is held against the array's own count; if they still differ after some looks, it is
 * said to be uncertain.
 */
export function failedChildrenWith(
  client: BatchClient,
  betweenLooks = BETWEEN_LOOKS,
): BatchPort['failedChildren'] {
  return async jobId => {
    for (let looks = 1; ; looks++) {
      const children = (await failedOf(client, jobId)).toSorted((a, b) => indexOf(a) - indexOf(b))
      const first = children[0]?.jobId
      const described = await describe(client, first === undefined ? [jobId] : [jobId, first])
      const { size, statusSummary = {} } = described.get(jobId)?.arrayProperties ?? {}
      const { SUCCEEDED = 0, FAILED = 0 } = statusSummary
      const isCertain = FAILED === children.length && SUCCEEDED + FAILED === size
      if (!isCertain && looks < MOST_LOOKS) {
        await sleep(betweenLooks)
        continue
      }
      return {
        count: children.length,
        indexes: indexRanges(children.map(indexOf)),
        ...(size !== undefined && { of: size }),
        ...(!isCertain && { isUncertain: true }),
        ...causeIn(first === undefined ? undefined : described.get(first)),
      }
    }
  }
}

const indexOf = ({ arrayProperties }: JobSummary) => arrayProperties?.index ?? 0

async function failedOf(client: BatchClient, arrayJobId: string): Promise<readonly JobSummary[]> {
  const found: JobSummary[] = []
  let nextToken: string | undefined
  do {
    const page = await client.send(new ListJobsCommand({ arrayJobId, jobStatus: 'FAILED', nextToken }))
    found.push(...(page.jobSummaryList ?? []))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return found
}

async function describe(
  client: BatchClient,
  jobIds: readonly string[],
): Promise<ReadonlyMap<string, JobDetail>> {
  const { jobs = [] } = await client.send(new DescribeJobsCommand({ jobs: [...jobIds] }))
  return new Map(jobs.map(job => [job.jobId ?? '', job]))
}

function causeIn(job: JobDetail | undefined): Partial<FailedChildren> {
  const { reason, exitCode, logStreamName } = job?.attempts?.at(-1)?.container ?? job?.container ?? {}
  return {
    ...(job?.statusReason !== undefined && { statusReason: job.statusReason.slice(0, 200) }),
    ...(reason !== undefined && { reason: reason.slice(0, 200) }),
    ...(exitCode !== undefined && { exitCode }),
    ...(logStreamName !== undefined && { logStream: logStreamName }),
  }
}

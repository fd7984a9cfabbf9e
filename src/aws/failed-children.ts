import {
  type BatchClient,
  DescribeJobsCommand,
  type JobSummary,
  ListJobsCommand,
} from '@aws-sdk/client-batch'
import { type FailedChildren, indexRanges } from '../core/run/failed-children.ts'
import type { BatchPort } from '../ports.ts'

/** Lists the failed children of an array, over all pages, and looks at the first. */
export function failedChildrenWith(client: BatchClient): BatchPort['failedChildren'] {
  return async jobId => {
    const children = await failedOf(client, jobId)
    const indexes = children.map(({ arrayProperties }) => arrayProperties?.index ?? 0)
    const first = children.toSorted((a, b) => indexOf(a) - indexOf(b))[0]?.jobId
    return {
      count: indexes.length,
      indexes: indexRanges(indexes),
      ...(first !== undefined && (await causeOf(client, first))),
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

async function causeOf(client: BatchClient, jobId: string): Promise<Partial<FailedChildren>> {
  const { jobs: [job] = [] } = await client.send(new DescribeJobsCommand({ jobs: [jobId] }))
  const { reason, exitCode, logStreamName } = job?.attempts?.at(-1)?.container ?? job?.container ?? {}
  return {
    ...(job?.statusReason !== undefined && { statusReason: job.statusReason.slice(0, 200) }),
    ...(reason !== undefined && { reason: reason.slice(0, 200) }),
    ...(exitCode !== undefined && { exitCode }),
    ...(logStreamName !== undefined && { logStream: logStreamName }),
  }
}

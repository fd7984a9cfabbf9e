import { BatchClient, DescribeJobsCommand, type JobDetail, paginateListJobs } from '@aws-sdk/client-batch'
import { clientTarget } from '../../src/aws/client-target.ts'

/** All jobs that runs have submitted to the default queue of a local AWS. */
export async function jobsOfBatch(endpoint: string): Promise<readonly JobDetail[]> {
  const client = new BatchClient(clientTarget(endpoint, 'us-east-1'))
  const jobIds: string[] = []
  const filters = [{ name: 'JOB_NAME', values: ['batchwise-local_*'] }]
  for await (const page of paginateListJobs({ client }, { jobQueue: 'default', filters }))
    jobIds.push(...(page.jobSummaryList ?? []).map(({ jobId = '' }) => jobId))
  const found: JobDetail[] = []
  for (let start = 0; start < jobIds.length; start += 100) {
    const { jobs = [] } = await client.send(
      new DescribeJobsCommand({ jobs: jobIds.slice(start, start + 100) }),
    )
    found.push(...jobs)
  }
  client.destroy()
  return found
}

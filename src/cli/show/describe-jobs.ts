import type { BatchReader, DescribedJob } from '../../aws/batch-reader.ts'
import { isOfStepFunctions } from '../../core/run/job-name.ts'
import { type Snapshot, viewJobs } from '../../core/run/job-view.ts'

/**
 * What Batch says of the jobs of a run: of all it has a job for, or of those that have not ended. One call for up to 100
 * of them; jobs that Batch has forgotten are left out.
 */
export async function describeJobs(
  snapshot: Snapshot,
  batch: BatchReader,
  which: 'all' | 'live',
): Promise<ReadonlyMap<string, DescribedJob>> {
  const jobIds = [...viewJobs(snapshot).values()].flatMap(({ record, submission, state }) => {
    const wanted = record?.submission === submission && (which === 'all' || state === 'SUBMITTED')
    const isInBatch = record?.jobId !== undefined && !isOfStepFunctions(record.jobId)
    return wanted && isInBatch ? [record.jobId] : []
  })
  const described = jobIds.length === 0 ? [] : await batch.describe(jobIds)
  return new Map(described.map(job => [job.jobId, job]))
}

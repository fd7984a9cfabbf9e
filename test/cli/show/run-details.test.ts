import { expect, it } from 'vitest'
import type { DescribedJob } from '../../../src/aws/batch-reader.ts'
import { runDetails } from '../../../src/cli/show/run-details.ts'
import type { Job } from '../../../src/core/workflow/workflow.ts'
import { given } from '../../core/run/given.ts'

it.each<[string, Partial<Job>, string]>([
  ['a plain job', {}, 'FAILED'],
  ['a job that may tolerate it', { tolerate: { type: 'count', count: 1 } }, 'RUNNING'],
  ['a job that may go on elsewhere', { fallback: { jobQueue: 'on-demand' } }, 'RUNNING'],
])('takes the failure that Batch tells of and no record has yet: %s', (_title, job, status) => {
  const live: DescribedJob = { jobId: 'a-1', jobName: 'a', status: 'FAILED', attempts: [] }
  const { jobs } = runDetails(given({ a: job }, { a: 'SUBMITTED' }), new Map([['a-1', live]]))
  expect(jobs).toMatchObject([{ name: 'a', status }])
})

import { parseJobName } from '../../../src/core/run/job-name.ts'
import type { BatchModel } from '../batch/batch-model.ts'
import type { Observer, Report } from './watch.ts'

/** What a call without an answer throws, and what a request for an unknown run gets. */
const EXPECTED = /^NoAnswer:|There is no run "/

export function isExpected(reason: unknown): boolean {
  return EXPECTED.test(String(reason))
}

/** Messages fail for want of an answer only, and a job is given up only when Batch does not know it. */
export function checkErrors(batch: () => BatchModel, report: Report): Partial<Observer> {
  return {
    logged(event, { reason, jobName }) {
      if (event === 'message-failed' && !isExpected(reason)) report('no other errors', String(reason))
      if (event === 'job-foreign' && parseJobName(String(jobName)) !== undefined)
        report('no other errors', `${jobName} is taken for a foreign job`)
    },
    wroteJob(before, after) {
      if (after.state !== 'LOST' || before?.state === 'LOST' || after.jobId === undefined) return
      if (batch().knows(after.jobId))
        report('only what Batch does not know is LOST', `${after.jobId} of ${after.job} of ${after.runId}`)
    },
  }
}

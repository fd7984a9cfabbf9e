import { EXECUTION_CHANGE, executionChangeOf } from '../../../src/core/event/execution-change.ts'
import type { JobChange } from '../../../src/core/run/job-change.ts'
import { type BatchJob, type Detail, hasEnded } from './batch-job.ts'

/** An execution of Step Functions lives as a job of the model does; here is how it is told of. */
export function executionDetail(job: BatchJob): Detail {
  const { jobId, queue, startedAt, stoppedAt, statusReason } = job
  return {
    ...{ executionArn: jobId, stateMachineArn: queue, name: jobId.split(':').at(-1) },
    status: hasEnded(job) ? job.status : 'RUNNING',
    ...{ startDate: startedAt ?? job.createdAt, stopDate: stoppedAt ?? null },
    ...(statusReason !== undefined && { error: statusReason }),
  }
}

/** As the adapter reads DescribeExecution. */
export function executionChange(detail: Detail): JobChange | undefined {
  return executionChangeOf(detail)
}

export function executionEvent(job: BatchJob): string {
  return JSON.stringify({
    ...{ source: 'aws.states', 'detail-type': EXECUTION_CHANGE, detail: executionDetail(job) },
  })
}

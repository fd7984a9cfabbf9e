import { holds } from '../../../src/core/run/item-semantics.ts'
import { parseJobName } from '../../../src/core/run/job-name.ts'
import { winWrite } from '../../../src/core/run/job-writes.ts'
import { isFinalRun } from '../../../src/core/run/run.ts'
import type { StoreModel } from '../aws/store-model.ts'
import type { BatchJob } from '../batch/batch-job.ts'

/** With what code a container ends before its work has begun; undefined if it goes on to it. */
export type Fence = (job: BatchJob) => number | undefined

const LOST = 0
const TOO_LATE = 75
const NOT_SET_UP = 78

/** What `batchwise-claim` does: the `win` write with the job's own id; a child looks first whether that is done. */
export function createFence(store: () => StoreModel, now: () => number): Fence {
  return job => {
    const identity = parseJobName(job.jobName)
    const record = identity && store().readJob(identity.runId, identity.job)
    const run = identity && store().readRun(identity.runId)
    if (identity === undefined || record === undefined || run === undefined) return NOT_SET_UP
    const { jobId, size } = job.parent ?? job
    const write = winWrite({ ...record, submission: identity.submission }, jobId, size, now())
    if (!holds(write.condition, { ...record })) return LOST
    if (isFinalRun(run.status)) return TOO_LATE
    const isDone = job.parent !== undefined && record.jobId === jobId
    return isDone || store().write(write) ? undefined : LOST
  }
}

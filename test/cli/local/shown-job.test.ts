import { describe, expect, it } from 'vitest'
import { followStatuses } from '../../../src/cli/local/live-status.ts'
import type { ShownJob } from '../../../src/cli/local/run-table.ts'
import { shownJob } from '../../../src/cli/local/shown-job.ts'
import type { JobRecord } from '../../../src/core/run/job-record.ts'
import type { JobView } from '../../../src/core/run/job-view.ts'
import type { AwsEvent } from '../../../src/local/aws-event.ts'

const RUN_ID = 'kge3qosjbtcyfkxmtasbwibelh'

function viewOf(state: JobView['state'], record: Partial<JobRecord>): JobView {
  const stored = { runId: RUN_ID, job: 'shards', state, submission: 1, epoch: 1, jobId: 'j', ...record }
  return { name: 'shards', state, record: stored as JobRecord } as JobView
}

function jobEvent(jobId: string, status: string, times: object = {}): AwsEvent {
  const jobName = `batchwise-local_w_shards_${RUN_ID}_1`
  const detail = { jobId, jobName, status, ...times }
  return { 'detail-type': 'Batch Job State Change', detail } as unknown as AwsEvent
}

/** Two of four children have ended. */
function halfOfAnArray() {
  const statuses = followStatuses()
  statuses.onEvent(jobEvent('j', 'PENDING', { arrayProperties: { size: 4 } }))
  statuses.onEvent(jobEvent('j:0', 'RUNNING', { startedAt: 2000 }))
  statuses.onEvent(jobEvent('j:1', 'RUNNING', { startedAt: 1000 }))
  statuses.onEvent(jobEvent('j:0', 'SUCCEEDED', { startedAt: 2000, stoppedAt: 5000 }))
  statuses.onEvent(jobEvent('j:1', 'FAILED', { startedAt: 1000, stoppedAt: 4000 }))
  statuses.onEvent(jobEvent('j:2', 'RUNNING', { startedAt: 6000 }))
  return statuses
}

describe('shownJob', () => {
  const live = halfOfAnArray().of('j')
  const twoFailed = {
    count: 2,
    indexes: '0,3',
    statusReason: 'Essential container in task exited',
    exitCode: 3,
  }
  it.each<[string, JobView, Partial<ShownJob>]>([
    [
      'counts the children of a live array',
      viewOf('SUBMITTED', { size: 4 }),
      { status: 'RUNNING', ended: 2, startedAt: 1000 },
    ],
    [
      'tells which children of an array failed',
      viewOf('FAILED', { size: 4, statusReason: 'Array Child Job failed', failedChildren: twoFailed }),
      {
        ended: 4,
        reason: '2 children failed (0,3): Essential container in task exited',
        exitCode: 3,
        startedAt: 1000,
        stoppedAt: 5000,
      },
    ],
    ['shows what is known of a cancelled array', viewOf('CANCELLED', { size: 4 }), { ended: 2 }],
  ])('%s', (_title, view, shown) => expect(shownJob(view, live)).toMatchObject(shown))

  it('gives no time to a job that is over and whose end is not known', () => {
    expect(shownJob(viewOf('LOST', { startedAt: 1 }), undefined)).toEqual({ name: 'shards', status: 'LOST' })
  })

  it('leaves the end of a job to the record, which may tolerate a failure', () => {
    const statuses = halfOfAnArray()
    statuses.onEvent(jobEvent('j', 'FAILED'))
    expect(shownJob(viewOf('SUBMITTED', { size: 4 }), statuses.of('j'))).toMatchObject({ status: 'RUNNING' })
  })

  it('keeps what an earlier submission left out of a job that waits to run again', () => {
    const view = viewOf('WAITING', { startedAt: 1, stoppedAt: 2, attempts: 3, size: 4 })
    expect(shownJob(view, undefined)).toEqual({ name: 'shards', status: 'WAITING' })
  })
})

describe('followStatuses', () => {
  it('counts running children, and names each run that changed once', () => {
    const statuses = halfOfAnArray()
    expect(statuses.runningJobs()).toBe(1)
    expect(statuses.takeChangedRuns()).toEqual([RUN_ID])
    expect(statuses.takeChangedRuns()).toEqual([])
  })
})

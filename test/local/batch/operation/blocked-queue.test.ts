import {
  CreateJobQueueCommand,
  DescribeJobQueuesCommand,
  DescribeJobsCommand,
  type JobStateTimeLimitAction,
  UpdateJobQueueCommand,
} from '@aws-sdk/client-batch'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LocalBatch } from '../local-batch.ts'
import { furnish, submit } from '../local-batch-setup.ts'

const REASON = 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE'
const ACTION: JobStateTimeLimitAction = {
  reason: REASON,
  state: 'RUNNABLE',
  maxTimeSeconds: 600,
  action: 'CANCEL',
}
const TWO_VCPUS = { containerOverrides: { resourceRequirements: [{ type: 'VCPU' as const, value: '2' }] } }

let local: LocalBatch
beforeEach(async () => {
  local = await LocalBatch.open({ shortestTimeLimit: 0 })
  await furnish(local, 1)
})
afterEach(() => local.close())

const limit = (action: Partial<JobStateTimeLimitAction>) =>
  local.client.send(
    new UpdateJobQueueCommand({ jobQueue: 'main', jobStateTimeLimitActions: [{ ...ACTION, ...action }] }),
  )

it('tells of a blocked queue as AWS does', async () => {
  const jobId = await submit(local, { ...TWO_VCPUS, tags: { team: 'x' } })
  const isBlocked = () => local.events.find(event => event['detail-type'] === 'Batch Job Queue Blocked')
  while (isBlocked() === undefined) await local.next()
  const arn = 'arn:aws:batch:eu-central-1:000000000000'
  const statusReason = `${REASON} - CE(s) associated with the job queue cannot meet the CPU requirement of the job.`
  expect(isBlocked()).toMatchObject({
    source: 'aws.batch',
    resources: [`${arn}:job/${jobId}`, `${arn}:job-queue/main`],
    detail: { jobId, jobQueue: `${arn}:job-queue/main`, status: 'RUNNABLE', statusReason, attempts: [] },
  })
  const { jobs } = await local.client.send(new DescribeJobsCommand({ jobs: [jobId] }))
  expect(jobs?.[0]).toMatchObject({ status: 'RUNNABLE', statusReason })
})

it('cancels a job that has blocked its queue for as long as that allows', async () => {
  const jobId = await submit(local, TWO_VCPUS)
  const next = await submit(local)
  await local.event(jobId, 'RUNNABLE')
  await limit({ maxTimeSeconds: 0 })
  expect(await local.ended(jobId)).toMatchObject({
    status: 'FAILED',
    statusReason: `Canceled by JobStateTimeLimit action due to reason: ${REASON}`,
    attempts: [],
  })
  expect(await local.ended(next)).toMatchObject({ status: 'SUCCEEDED' })
})

it('shows the time limits of a queue', async () => {
  await local.client.send(
    new CreateJobQueueCommand({
      jobQueueName: 'limited',
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'machine' }],
      jobStateTimeLimitActions: [ACTION],
    }),
  )
  const { jobQueues } = await local.client.send(new DescribeJobQueuesCommand({ jobQueues: ['limited'] }))
  expect(jobQueues?.[0]?.jobStateTimeLimitActions).toEqual([ACTION])
})

it.each<[title: string, action: object, message: string]>([
  ['a reason of its own', { reason: 'too long' }, 'Invalid job reason'],
  ['a day and a second', { maxTimeSeconds: 86_401 }, 'between 0 and 86400'],
  ['another state', { state: 'PENDING' }, 'state must be one of RUNNABLE'],
  ['another action', { action: 'TERMINATE' }, 'action must be one of CANCEL'],
])('refuses a time limit with %s', async (_title, action, message) => {
  await expect(limit(action)).rejects.toThrow(message)
})

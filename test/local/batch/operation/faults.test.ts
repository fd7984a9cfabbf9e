import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findByEnvironment } from '../../../../src/local/batch/run/process-tree.ts'
import { LocalBatch } from '../local-batch.ts'
import { furnish, submit, submitScript } from '../local-batch-setup.ts'

let local: LocalBatch
beforeEach(async () => {
  local = await LocalBatch.open()
  await furnish(local, 2)
})
afterEach(() => local.close())

async function inject(fault: string, members: object): Promise<Record<string, unknown>> {
  const body = JSON.stringify(members)
  const answer = await fetch(`${local.endpoint}/_batchwise/${fault}`, { method: 'POST', body })
  return (await answer.json()) as Record<string, unknown>
}

describe('a host that Spot takes back', () => {
  it('ends its jobs as AWS does; they are tried again where their strategy allows it', async () => {
    const evaluateOnExit = [
      { onStatusReason: 'Host EC2*', action: 'RETRY' as const },
      { onReason: '*', action: 'EXIT' as const },
    ]
    const retried = await submitScript(local, '[ "$AWS_BATCH_JOB_ATTEMPT" = 2 ] || sleep 60', {
      retryStrategy: { attempts: 3, evaluateOnExit },
    })
    const once = await submit(local, { containerOverrides: { command: ['sleep', '60'] } })
    for (const jobId of [retried, once]) await local.event(jobId, 'RUNNING')
    const { instanceId, jobs } = await inject('reclaimhost', { computeEnvironment: 'machine' })
    expect(jobs).toEqual([retried, once])
    const statusReason = `Host EC2 (instance ${instanceId}) terminated.`
    const failed = await local.ended(once)
    expect(failed).toMatchObject({ status: 'FAILED', statusReason, attempts: [{ statusReason }] })
    expect(failed.attempts[0]?.['container']).not.toHaveProperty('exitCode')
    const ended = await local.ended(retried)
    expect(ended).toMatchObject({ status: 'SUCCEEDED', attempts: [{ statusReason }, {}] })
    await expect.poll(() => findByEnvironment({ AWS_BATCH_JOB_ID: once }), { interval: 5 }).toEqual([])
  })

  it('may be one where nothing runs, but not one that is not there', async () => {
    expect(await inject('reclaimhost', { computeEnvironment: 'machine' })).toMatchObject({ jobs: [] })
    expect(await inject('reclaimhost', { computeEnvironment: 'none' })).toEqual({
      message: 'ComputeEnvironment none not found.',
    })
  })
})

it('lets nothing start while instances cannot be had', async () => {
  await inject('setcapacity', { computeEnvironment: 'machine', unavailableInstanceType: 'c7i.large' })
  const jobId = await submit(local)
  const isBlocked = () => local.events.find(event => event['detail-type'] === 'Batch Job Queue Blocked')
  while (isBlocked() === undefined) await local.next()
  expect(isBlocked()?.detail).toMatchObject({
    jobId,
    statusReason:
      'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity requested for instance type [c7i.large]',
  })
  await inject('setcapacity', { computeEnvironment: 'machine' })
  expect(await local.ended(jobId)).toMatchObject({ status: 'SUCCEEDED' })
})

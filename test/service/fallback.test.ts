import { describe, expect, it } from 'vitest'
import type { JobChange } from '../../src/core/run/job-change.ts'
import { jobNameOf } from '../../src/core/run/job-name.ts'
import type { JobRecord } from '../../src/core/run/job-record.ts'
import type { SubmitRequest } from '../../src/core/run/submission-request.ts'
import { advance } from '../../src/service/advance.ts'
import { recordChange } from '../../src/service/record-change.ts'
import type { Service } from '../../src/service/service.ts'
import { definitionOf, RUN_ID, runOf } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

const HOST_LOST = 'Host EC2 (instance i-0123456789abcdef0) terminated.'
const RETRY = { attempts: 2, evaluateOnExit: [{ onStatusReason: 'Host EC2*', action: 'RETRY' }] } as const
const MINUTE = 60_000

/** The job `a` with two attempts on `spot` and one on `demand`; `b` depends on it. */
function given() {
  const definition = definitionOf({
    a: { jobQueue: 'spot', retry: RETRY, fallback: { jobQueue: 'demand', retry: { ...RETRY, attempts: 1 } } },
    b: 'a',
  })
  const memory = memoryService([definition])
  memory.items.set(`run#${RUN_ID} run`, { ...runOf({ definition: definition.hash }) })
  const requests: SubmitRequest[] = []
  let made = 0
  const service: Service = {
    ...memory.service,
    batch: {
      ...memory.service.batch,
      submit: async request => {
        requests.push(request)
        return { type: 'accepted', jobId: `id-${++made}` }
      },
    },
  }
  const step = () => advance(service, RUN_ID, () => 30_000)
  return {
    ...memory,
    step,
    record: () => memory.items.get(`run#${RUN_ID} job#a`) as unknown as JobRecord,
    submitted: () =>
      requests
        .splice(0)
        .map(({ jobName, jobQueue, retryStrategy }) => [
          jobName.split('_')[2],
          jobQueue,
          retryStrategy?.attempts,
        ]),
    async ends(submission: number, jobId: string, end: Partial<JobChange>): Promise<void> {
      const jobName = jobNameOf({ stack: 'test', workflow: 'w', job: 'a', runId: RUN_ID, submission })
      const change = { jobName, jobId, status: 'FAILED', attempts: 2, ...end } as const
      await recordChange(service, change)
      await recordChange(service, change)
      await step()
    },
  }
}

describe('a job with a fallback', () => {
  it('goes on in the other queue when its last attempt lost its machine', async () => {
    const it = given()
    await it.step()
    expect(it.submitted()).toEqual([['a', 'spot', 2]])
    await it.ends(1, 'id-1', { statusReason: HOST_LOST, reclaimed: 12 * MINUTE })
    expect(it.submitted()).toEqual([['a', 'demand', 1]])
    expect(it.record()).toMatchObject({
      submission: 2,
      queue: 'demand',
      fallback: true,
      reclaimedBefore: 12 * MINUTE,
    })
    await it.ends(2, 'id-2', { status: 'SUCCEEDED', attempts: 1 })
    expect(it.submitted()).toEqual([['b', 'default', undefined]])
  })

  it('fails there for good, and tells what the reclaims have cost', async () => {
    const it = given()
    await it.step()
    await it.ends(1, 'id-1', { statusReason: HOST_LOST, reclaimed: 12 * MINUTE })
    await it.ends(2, 'id-2', { statusReason: HOST_LOST, attempts: 1, reclaimed: 3 * MINUTE })
    expect(it.submitted().map(([job, queue]) => `${job} ${queue}`)).toEqual(['a spot', 'a demand'])
    expect(it.record().state).toBe('FAILED')
    expect(it.runs()[0]?.status).toBe('FAILED')
    expect(it.alerts[0]?.email).toContain('after 1 attempt, 15 min of work lost to reclaims')
  })

  it('fails at once for any other reason', async () => {
    const it = given()
    await it.step()
    await it.ends(1, 'id-1', { statusReason: 'Essential container in task exited', exitCode: 1 })
    expect(it.submitted()).toHaveLength(1)
    expect(it.record().state).toBe('FAILED')
  })

  it('does not begin again in a run that is to stop', async () => {
    const it = given()
    await it.step()
    const [key = '', run] = [...it.items].find(([name]) => name.endsWith(' run')) ?? []
    it.items.set(key, { ...run, status: 'CANCELLING' })
    await it.ends(1, 'id-1', { statusReason: HOST_LOST })
    expect(it.submitted()).toHaveLength(1)
    expect(it.runs()[0]?.status).toBe('CANCELLED')
  })
})

import { describe, expect, it } from 'vitest'
import { type AlertSettings, DEFAULT_ALERTS } from '../../src/core/alert/alert-kind.ts'
import type { AlertMessage } from '../../src/core/alert/alert-message.ts'
import { parseJobNews } from '../../src/core/event/job-news.ts'
import { jobNameOf } from '../../src/core/run/job-name.ts'
import type { BatchStatus } from '../../src/core/run/job-record.ts'
import type { QueueLook } from '../../src/core/stuck/queue-look.ts'
import { recordNews } from '../../src/service/record-news.ts'
import type { Watcher } from '../../src/service/service.ts'
import { sweep } from '../../src/service/sweep.ts'
import { definitionOf, NOW, RUN_ID, recordOf, runOf } from '../core/run/given.ts'
import { environmentOf, lookOf } from '../core/stuck/look-of.ts'
import { memoryService } from './memory-service.ts'

const MINUTE = 60_000
const ARN = 'arn:aws:batch:eu-west-1:123456789012:job-queue/default'
const NAME = jobNameOf({ stack: 'test', workflow: 'w', job: 'a', runId: RUN_ID, submission: 1 })
const DISABLED = lookOf({ job: { jobName: NAME }, environments: [environmentOf({ isEnabled: false })] })

/** One run of the workflow `w`, whose job `a` was submitted to the queue `default` at NOW and stands at its head. */
function given(alerts: Partial<AlertSettings> = {}, status: BatchStatus = 'RUNNABLE') {
  const definition = definitionOf({ a: {} }, { alerts: { ...DEFAULT_ALERTS, ...alerts } })
  const memory = memoryService([definition])
  const now = {
    head: { jobId: 'job-a', since: NOW } as { jobId: string; since: number } | undefined,
    look: DISABLED as QueueLook,
  }
  const calls: string[] = []
  memory.items.set(`run#${RUN_ID} run`, { ...runOf({ definition: definition.hash, dueAt: NOW }) })
  memory.items.set(`run#${RUN_ID} job#a`, {
    ...recordOf('a', { jobId: 'job-a', queue: ARN, updatedAt: NOW }),
  })
  const service: Watcher = {
    ...memory.service,
    batch: {
      ...memory.service.batch,
      describe: async ids => ids.map(jobId => ({ jobId, jobName: NAME, status, attempts: 0 })),
    },
    queues: {
      head: async queue => {
        calls.push(`head ${queue}`)
        return now.head
      },
      look: async (queue, jobId) => {
        calls.push(`look ${queue} ${jobId}`)
        return now.look
      },
    },
  }
  return {
    ...memory,
    now,
    calls,
    service,
    /** Sweeps once a minute up to this minute, two at once; what was told. */
    async sweepUntil(minute: number): Promise<readonly AlertMessage[]> {
      while (memory.clock.time < NOW + minute * MINUTE) {
        memory.clock.time += MINUTE
        await Promise.all([sweep(service), sweep(service)])
      }
      return memory.alerts.splice(0)
    },
    blocked: (minute: number) => {
      memory.clock.time = NOW + minute * MINUTE
      const event = {
        'detail-type': 'Batch Job Queue Blocked',
        detail: { jobId: 'job-a', jobName: NAME, jobQueue: ARN },
      }
      return recordNews(service, parseJobNews(JSON.stringify(event)) ?? expect.fail())
    },
  }
}

describe('a queue whose head does not start', () => {
  it('is told of once, in words, after `stuckAfter`', async () => {
    const it = given()
    expect(await it.sweepUntil(29)).toEqual([])
    expect(it.calls.every(call => call === 'head default')).toBe(true)
    const [told, ...others] = await it.sweepUntil(120)
    expect(others).toEqual([])
    expect(told?.subject).toBe('w stuck: queue default [test]')
    expect(told?.attributes).toEqual({ workflow: 'w', kind: 'stuck', stage: 'test', sms: 'false' })
    expect(told?.email).toBe(`Job queue default is stuck: the compute environment spot is disabled.

Enable the compute environment spot.

Its first job, a of run ${RUN_ID}, has been waiting for
a machine for 30 min. What was submitted after it waits, too.

Waiting: jobs of workflow w
Since:   2026-11-21 02:00:00 UTC
Compute environment spot: DISABLED, VALID, at most 4 vCPUs

See all of it:
  batchwise doctor --stage test
  batchwise show ${RUN_ID} --stage test
`)
    expect(told?.sms).toBe(
      `w stuck: queue default (test). the compute environment spot is disabled. a of run ${RUN_ID} waits for 30 min`,
    )
  })

  it('is told of ten minutes after Batch called it blocked', async () => {
    const it = given()
    await it.blocked(3)
    await it.blocked(8)
    expect(await it.sweepUntil(12)).toEqual([])
    expect(await it.sweepUntil(60)).toHaveLength(1)
  })

  it('is told of again after it was resolved and came back', async () => {
    const it = given()
    expect(await it.sweepUntil(40)).toHaveLength(1)
    it.now.look = lookOf({ job: { jobName: NAME } })
    it.now.head = { jobId: 'next', since: NOW + 40 * MINUTE }
    expect(await it.sweepUntil(45)).toEqual([])
    it.now.look = DISABLED
    expect(await it.sweepUntil(69)).toEqual([])
    expect(await it.sweepUntil(120)).toHaveLength(1)
  })

  it('is told of at least once when the message could not be sent', async () => {
    const it = given()
    it.fault.alerts = true
    expect(await it.sweepUntil(35)).toEqual([])
    expect(it.logged).toContain('queue-unread')
    it.fault.alerts = false
    expect(await it.sweepUntil(60)).toHaveLength(1)
  })

  it.each<[string, Partial<AlertSettings>, number]>([
    ['as early as the workflow wants', { stuckAfter: 120 }, 3],
    ['by SMS where the workflow wants it', { sms: true }, 31],
  ])('is told of %s', async (_title, alerts, minute) => {
    const it = given(alerts)
    const [told] = await it.sweepUntil(minute)
    expect(told?.attributes.sms).toBe(String(alerts.sms ?? false))
  })
})

describe('no word', () => {
  it('of a backlog that moves, however long it is', async () => {
    const it = given()
    for (let minute = 20; minute <= 200; minute += 20) {
      expect(await it.sweepUntil(minute)).toEqual([])
      it.now.head = { jobId: `job-${minute}`, since: NOW + minute * MINUTE }
    }
    expect(it.calls.filter(call => call.startsWith('look'))).toEqual([])
  })

  it('and no call for jobs that run', async () => {
    const it = given({}, 'RUNNING')
    expect(await it.sweepUntil(120)).toEqual([])
    expect(it.calls).toEqual([])
  })

  it('to a workflow that does not want to hear of it', async () => {
    const it = given({ on: ['failed'] })
    expect(await it.sweepUntil(120)).toEqual([])
    expect(it.calls).toEqual([])
  })

  it('of an empty queue', async () => {
    const it = given()
    it.now.head = undefined
    expect(await it.sweepUntil(120)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { parseScheduleFiring } from '../../src/core/event/schedule-firing.ts'
import { scheduleId } from '../../src/core/event/schedules.ts'
import { runKey } from '../../src/core/run/item-write.ts'
import type { RunStatus } from '../../src/core/run/run.ts'
import type { ScheduleTrigger } from '../../src/core/workflow/workflow.ts'
import { startFromSchedule } from '../../src/service/start-from-schedule.ts'
import { definitionOf } from '../core/run/given.ts'
import { memoryRecorder } from './memory-service.ts'

const NIGHTLY: ScheduleTrigger = {
  type: 'schedule',
  expression: 'cron(0 2 * * ? *)',
  timezone: 'Europe/Berlin',
  overlap: 'skip',
  parameters: { day: '${trigger.previousDate}' },
}
const parameters = { day: { type: 'string' } } as const

const at = (scheduledTime: string, trigger = NIGHTLY) =>
  parseScheduleFiring({ workflow: 'w', schedule: scheduleId(trigger), scheduledTime })

function given(trigger = NIGHTLY) {
  const memory = memoryRecorder([definitionOf({ a: {} }, { triggers: [trigger], parameters })])
  return {
    ...memory,
    fire: (scheduledTime: string) => startFromSchedule(memory.service, at(scheduledTime, trigger)),
    async setStatus(index: number, status: RunStatus) {
      const run = memory.runs()[index]
      if (run === undefined) throw new Error('no such run')
      memory.items.set(`${runKey(run.runId).pk} run`, { ...run, status })
    },
  }
}

describe('a firing', () => {
  it('starts a run with what its time gives, in its zone', async () => {
    const it = given()
    await it.fire('2026-11-21T01:00:00Z')
    expect(it.runs()).toMatchObject([
      {
        trigger: { type: 'schedule', values: { scheduledDate: '2026-11-21', hour: '02' } },
        parameters: { day: '2026-11-20' },
      },
    ])
  })

  it('starts one run however often it is delivered', async () => {
    const it = given()
    await Promise.all([it.fire('2026-11-21T01:00:00Z'), it.fire('2026-11-21T01:00:00Z')])
    await it.setStatus(0, 'SUCCEEDED')
    await it.fire('2026-11-21T01:00:00Z')
    expect(it.runs()).toHaveLength(1)
  })

  it('is skipped while the run before it goes on, for good', async () => {
    const it = given()
    await it.fire('2026-11-21T01:00:00Z')
    await it.fire('2026-11-22T01:00:00Z')
    expect(it.logged).toContain('firing-skipped')
    await it.setStatus(0, 'FAILED')
    await it.fire('2026-11-22T01:00:00Z')
    expect(it.runs()).toHaveLength(1)
    await it.fire('2026-11-23T01:00:00Z')
    expect(it.runs()).toHaveLength(2)
  })

  it('starts beside the run before it with `overlap: allow`', async () => {
    const it = given({ ...NIGHTLY, overlap: 'allow' })
    await it.fire('2026-11-21T01:00:00Z')
    await it.fire('2026-11-22T01:00:00Z')
    expect(it.runs()).toHaveLength(2)
  })

  it('queues its run behind the one before it with `overlap: queue`', async () => {
    const it = given({ ...NIGHTLY, overlap: 'queue' })
    for (const day of ['21', '22', '23']) await it.fire(`2026-11-${day}T01:00:00Z`)
    expect(it.runs().map(({ status }) => status)).toEqual(['QUEUED', 'QUEUED', 'QUEUED'])
    expect(new Set(it.runs().map(({ slot }) => slot?.key))).toEqual(
      new Set([`w#schedule#${scheduleId(NIGHTLY)}`]),
    )
  })

  it('cancels the run before it with `overlap: cancelPrevious`, and waits for its end', async () => {
    const it = given({ ...NIGHTLY, overlap: 'cancelPrevious' })
    await it.fire('2026-11-21T01:00:00Z')
    await it.setStatus(0, 'RUNNING')
    await it.fire('2026-11-22T01:00:00Z')
    await it.fire('2026-11-22T01:00:00Z')
    expect(it.runs().map(({ status }) => status)).toEqual(['CANCELLING', 'QUEUED'])
  })

  it('of a schedule that is no more is passed over', async () => {
    const it = given()
    await startFromSchedule(it.service, { ...at('2026-11-21T01:00:00Z'), schedule: '00000000' })
    expect(it.runs()).toEqual([])
    expect(it.logged).toEqual(['schedule-unknown'])
  })

  it.each([
    [null],
    ['x'],
    [{}],
    [{ workflow: 'w', schedule: 's' }],
    [{ workflow: 'w', schedule: 's', scheduledTime: 'x' }],
  ])('is refused when it is none of ours: %j', event =>
    expect(() => parseScheduleFiring(event)).toThrow('dead-letter queue'),
  )
})

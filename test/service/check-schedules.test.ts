import { describe, expect, it } from 'vitest'
import { DEFAULT_ALERTS } from '../../src/core/alert/alert-kind.ts'
import { parseScheduleFiring } from '../../src/core/event/schedule-firing.ts'
import { scheduleId } from '../../src/core/event/schedules.ts'
import type { ScheduleTrigger } from '../../src/core/workflow/workflow.ts'
import { checkSchedules } from '../../src/service/check-schedules.ts'
import { startFromSchedule } from '../../src/service/start-from-schedule.ts'
import { definitionOf } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

const CRON = 'cron(0 2 * * ? *)'

function given(expression = CRON, overlap: ScheduleTrigger['overlap'] = 'skip') {
  const trigger: ScheduleTrigger = {
    ...({ type: 'schedule', timezone: 'UTC', parameters: {} } as const),
    overlap,
    expression,
  }
  const alerts = { ...DEFAULT_ALERTS, on: ['missed'] } as const
  const memory = memoryService([definitionOf({ a: {} }, { triggers: [trigger], alerts })])
  return {
    ...memory,
    /** A sweep at this time; what it told. */
    async sweepAt(time: string): Promise<readonly string[]> {
      memory.clock.time = Date.parse(time)
      await Promise.all([checkSchedules(memory.service), checkSchedules(memory.service)])
      return memory.alerts.splice(0).map(({ subject }) => subject)
    },
    fire: (scheduledTime: string) =>
      startFromSchedule(
        memory.service,
        parseScheduleFiring({ workflow: 'w', schedule: scheduleId(trigger), scheduledTime }),
      ),
  }
}

describe('a missed firing', () => {
  it('is told once, 15 minutes after its time, and only of times since the schedule is known', async () => {
    const it = given()
    expect(await it.sweepAt('2026-11-21T12:00:00Z')).toEqual([])
    expect(await it.sweepAt('2026-11-21T12:01:00Z')).toEqual([])
    expect(await it.sweepAt('2026-11-22T02:14:00Z')).toEqual([])
    expect(await it.sweepAt('2026-11-22T02:15:00Z')).toEqual(['w missed: 2026-11-22T02:00:00Z [test]'])
    expect(await it.sweepAt('2026-11-22T02:16:00Z')).toEqual([])
    expect(await it.sweepAt('2026-11-23T03:00:00Z')).toEqual(['w missed: 2026-11-23T02:00:00Z [test]'])
  })

  it('is none that has a run, or that was skipped', async () => {
    const it = given()
    await it.sweepAt('2026-11-21T12:00:00Z')
    await it.fire('2026-11-22T02:00:00Z')
    await it.fire('2026-11-23T02:00:00Z')
    expect(it.logged).toContain('firing-skipped')
    expect(await it.sweepAt('2026-11-22T03:00:00Z')).toEqual([])
    expect(await it.sweepAt('2026-11-23T03:00:00Z')).toEqual([])
  })

  it('is none whose run is QUEUED behind the one before', async () => {
    const it = given(CRON, 'queue')
    await it.sweepAt('2026-11-21T12:00:00Z')
    await it.fire('2026-11-22T02:00:00Z')
    await it.fire('2026-11-23T02:00:00Z')
    expect(it.runs().map(({ status }) => status)).toContain('QUEUED')
    expect(await it.sweepAt('2026-11-23T03:00:00Z')).toEqual([])
  })

  it('starts its run when it comes after all', async () => {
    const it = given()
    await it.sweepAt('2026-11-21T12:00:00Z')
    expect(await it.sweepAt('2026-11-22T03:00:00Z')).toHaveLength(1)
    await it.fire('2026-11-22T02:00:00Z')
    expect(it.runs()).toHaveLength(1)
  })

  it('of a rate is told when one interval passed since the last firing', async () => {
    const it = given('rate(1 hour)')
    await it.sweepAt('2026-11-21T12:10:00Z')
    await it.fire('2026-11-21T12:40:00Z')
    expect(await it.sweepAt('2026-11-21T13:54:00Z')).toEqual([])
    expect(await it.sweepAt('2026-11-21T13:56:00Z')).toEqual(['w missed: 2026-11-21T13:40:00Z [test]'])
    expect(await it.sweepAt('2026-11-21T20:00:00Z')).toEqual([])
  })
})

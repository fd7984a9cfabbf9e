import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ScheduleRule } from '../../../src/core/event/schedules.ts'
import { Journal } from '../../../src/local/journal.ts'
import { createScheduler } from '../../../src/local/scheduler/scheduler.ts'
import { temporaryFolder } from '../sqs/local-sqs.ts'

const schedule = (expression: string): ScheduleRule => ({
  name: 'w-1',
  expression,
  timezone: 'UTC',
  input: { workflow: 'w', scheduledTime: '<aws.scheduler.scheduled-time>' },
})

/** Starts a scheduler on a folder at a time of its own; it goes on from there as fast as real time. */
function startAt(folder: string, time: string, expression: string) {
  const shift = Date.parse(time) - Date.now()
  const journal = new Journal(join(folder, 'journal.jsonl'))
  const scheduler = createScheduler({ journal, now: () => Date.now() + shift })
  journal.open()
  const late: string[] = []
  const inputs: unknown[] = []
  const { promise: firstFiring, resolve } = Promise.withResolvers<void>()
  scheduler.start({
    schedules: [schedule(expression)],
    fire: async input => {
      inputs.push(input)
      resolve()
    },
    onLate: what => late.push(what),
  })
  return {
    ...{ inputs, late, firstFiring },
    stop() {
      scheduler.stop()
      journal.close()
    },
  }
}

it('fires at the planned time, with that time in its input, and not for times before it was first heard of', async () => {
  using folder = temporaryFolder()
  const run = startAt(folder.path, '2026-11-21T01:59:58.000Z', 'cron(0 2 * * ? *)')
  expect(run.inputs).toEqual([])
  await run.firstFiring
  expect(run.inputs).toEqual([{ workflow: 'w', scheduledTime: '2026-11-21T02:00:00Z' }])
  expect(run.late).toEqual([])
  run.stop()
})

it('catches up the last of the firings that passed while it was stopped, and says so', async () => {
  using folder = temporaryFolder()
  startAt(folder.path, '2026-11-18T12:00:00Z', 'cron(0 2 * * ? *)').stop()
  const again = startAt(folder.path, '2026-11-21T12:00:00Z', 'cron(0 2 * * ? *)')
  await again.firstFiring
  expect(again.inputs).toEqual([{ workflow: 'w', scheduledTime: '2026-11-21T02:00:00Z' }])
  expect(again.late).toEqual([
    'schedule w-1 fires late: 2026-11-21T02:00:00Z passed while nothing ran; those before it, from 2026-11-19T02:00:00Z on, are left out',
  ])
  again.stop()
  const third = startAt(folder.path, '2026-11-21T12:00:01Z', 'cron(0 2 * * ? *)')
  expect(third.inputs).toEqual([])
  third.stop()
})

import { expect, it } from 'vitest'
import { nextFiring, runSchedule, scheduledEvent } from '../../../src/local/functions/schedule.ts'
import { IDENTITY } from '../sqs/local-sqs.ts'
import { functionF, stage } from './stage.ts'

const PLANNED = Date.UTC(2026, 10, 21, 1, 2, 3, 456)

it('fires right at the start, with the event of EventBridge Scheduler', async () => {
  await using it = stage()
  await it.start([functionF({ events: [{ type: 'schedule', rates: ['rate(1 minute)'] }] })])
  const [call] = await it.calls.first(1)
  expect(call?.event).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: '000000000000',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: 'eu-west-1',
    resources: ['arn:aws:scheduler:eu-west-1:000000000000:schedule/default/f'],
    detail: '{}',
  })
})

it("replaces the scheduler's words in an input, and nothing else", () => {
  const input = {
    at: '<aws.scheduler.scheduled-time>',
    of: ['<aws.scheduler.execution-id>'],
    n: 1,
    x: '<aws.x>',
  }
  expect(scheduledEvent({ functionName: 'f', interval: 1, input }, IDENTITY, PLANNED, 'id')).toEqual({
    at: '2026-11-21T01:02:03Z',
    of: ['id'],
    n: 1,
    x: '<aws.x>',
  })
})

it.each([
  ['right after the start', 0, 1000],
  ['within an interval', 999, 1000],
  ['on the dot', 1000, 2000],
  ['after times that passed', 3500, 4000],
])('is due next at a whole interval: %s', (_title, elapsed, next) => {
  expect(nextFiring(PLANNED, 1000, PLANNED + elapsed)).toBe(PLANNED + next)
})

it('fires again and again, one at a time, until the host stops', async () => {
  await using it = stage()
  const stopping = new AbortController()
  const host = { queues: it.queues, now: Date.now, stopping: stopping.signal, report: () => undefined }
  let running = 0
  const atOnce: number[] = []
  await runSchedule({ functionName: 'f', interval: 2 }, host, async () => {
    atOnce.push(++running)
    await new Promise(setImmediate)
    running -= 1
    if (atOnce.length === 3) stopping.abort()
  })
  expect(atOnce).toEqual([1, 1, 1])
})

import { randomUUID } from 'node:crypto'
import { eventTime } from '../aws-event.ts'
import type { Identity } from '../wire/face.ts'
import type { HostContext } from './host-context.ts'
import { pauseUntil } from './pause.ts'

export interface Schedule {
  readonly functionName: string
  /** Milliseconds. */
  readonly interval: number
  readonly input?: unknown
}

/**
 * Fires at once and then once an interval, until the host stops. While one firing is at work, retries included, the
 * times that pass are left out.
 */
export async function runSchedule(
  schedule: Schedule,
  host: HostContext,
  fire: (eventOf: () => unknown) => Promise<void>,
): Promise<void> {
  const startedAt = host.now()
  for (let planned = startedAt; !host.stopping.aborted; ) {
    const executionId = randomUUID()
    const at = planned
    await fire(() => scheduledEvent(schedule, host.queues.identity, at, executionId))
    planned = nextFiring(startedAt, schedule.interval, host.now())
    await pauseUntil(planned, host.now, host.stopping)
  }
}

/** The first whole interval after the start that is still to come. All in milliseconds. */
export function nextFiring(startedAt: number, interval: number, now: number): number {
  return startedAt + (Math.floor((now - startedAt) / interval) + 1) * interval
}

/**
 * The schedule's input with the scheduler's context words replaced, or the event it sends without one.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function scheduledEvent(
  schedule: Schedule,
  { account, region }: Identity,
  planned: number,
  executionId: string,
): unknown {
  const arn = `arn:aws:scheduler:${region}:${account}:schedule/default/${schedule.functionName}`
  const time = eventTime(planned)
  if (schedule.input === undefined) {
    const source = 'aws.scheduler'
    return {
      ...{ version: '0', id: executionId, 'detail-type': 'Scheduled Event', source, account, time, region },
      resources: [arn],
      detail: '{}', // a text, as EventBridge Scheduler sends it
    }
  }
  const text = JSON.stringify(schedule.input)
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', '1')
  return JSON.parse(text)
}

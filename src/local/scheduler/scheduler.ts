import { SCHEDULED_TIME, type ScheduleRule } from '../../core/event/schedules.ts'
import { eventSecond } from '../../core/schedule/event-second.ts'
import { nextFiring, previousFiring } from '../../core/schedule/firing-time.ts'
import { pauseUntil } from '../functions/pause.ts'
import type { Journal } from '../journal.ts'
import type { Now } from '../wire/face.ts'

export interface SchedulerOptions {
  readonly journal: Journal
  readonly now: Now
}

export interface SchedulerStart {
  readonly schedules: readonly ScheduleRule[]
  /** Invokes the target with a schedule's input; resolves when that is handled or given up. */
  readonly fire: (input: unknown) => Promise<void>
  /** Told of each firing that comes late, because nothing ran at its time. */
  readonly onLate: (what: string) => void
}

export interface Scheduler {
  start(options: SchedulerStart): void
  /** No firing begins after it. */
  stop(): void
}

interface Fired {
  readonly name: string
  /** Milliseconds: the newest firing that was handled, or when the schedule was first heard of. */
  readonly at: number
}

/** A firing that comes so much after its time is told of. */
const LATE = 60_000
/** A clock that was set, or a machine that slept, is noticed after that long. */
const LONGEST_PAUSE = 30_000

/**
 * EventBridge Scheduler's clock on this machine. A firing is handled at least once, kill -9 included. Of the firings
 * whose time passed while nothing ran, each schedule catches up the last one only; AWS, which never sleeps, has none.
 */
export function createScheduler({ journal, now }: SchedulerOptions): Scheduler {
  const fired = new Map<string, number>()
  const append = journal.topic<Fired>('schedules', {
    restore: ({ name, at }) => void fired.set(name, Math.max(at, fired.get(name) ?? 0)),
    snapshot: () => [...fired].map(([name, at]) => ({ name, at })),
  })
  const stopping = new AbortController()

  function record(name: string, at: number): void {
    if (at <= (fired.get(name) ?? 0)) return
    fired.set(name, at)
    append({ name, at })
  }

  async function follow(schedule: ScheduleRule, { fire, onLate }: SchedulerStart): Promise<void> {
    if (!fired.has(schedule.name)) record(schedule.name, now())
    let last = fired.get(schedule.name) ?? now()
    while (!stopping.signal.aborted) {
      const due = previousFiring(schedule, now())
      if (due !== undefined && due > last) {
        if (now() - due > LATE) onLate(lateness(schedule, last, due))
        last = due
        void fire(inputAt(schedule, due)).then(() => record(schedule.name, due))
      }
      const next = nextFiring(schedule, Math.max(last, now()))
      if (next === undefined) return
      await pauseUntil(Math.min(next, now() + LONGEST_PAUSE), now, stopping.signal)
    }
  }

  return {
    start(options) {
      for (const schedule of options.schedules) void follow(schedule, options)
    },
    stop: () => stopping.abort(),
  }
}

function inputAt({ input }: ScheduleRule, at: number): unknown {
  return JSON.parse(JSON.stringify(input).replaceAll(SCHEDULED_TIME, eventSecond(at)))
}

function lateness(schedule: ScheduleRule, last: number, due: number): string {
  const first = nextFiring(schedule, last) ?? due
  const others = first < due ? `; those before it, from ${eventSecond(first)} on, are left out` : ''
  return `schedule ${schedule.name} fires late: ${eventSecond(due)} passed while nothing ran${others}`
}

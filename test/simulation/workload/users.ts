import { isFinalRun, type Run } from '../../../src/core/run/run.ts'
import type { Observer } from '../invariants/watch.ts'
import type { Profile } from '../profile.ts'
import { chosen, numberOf } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'

const CANCEL = 6001
const RETRY = 6002
const MINUTE = 60_000
const MOST_RETRIES = 2
/** Of all jobs that are being submitted, so many make somebody cancel. */
const WHILE_CLAIMED = 0.1

export interface Users extends Partial<Observer> {
  /** Requests that somebody has made up his mind to make. */
  planned(): number
}

/** People who cancel and retry: at any moment, twice at once, within a second of the end. */
export function createUsers(
  seed: number,
  scheduler: Scheduler,
  { users }: Profile,
  ask: (type: 'Cancel Requested' | 'Retry Requested', detail: Readonly<Record<string, unknown>>) => void,
): Users {
  let planned = 0
  return {
    planned: () => planned,
    wroteRun(before, after) {
      if (before === undefined) planAhead(after)
      else if (!isFinalRun(before.status) && isFinalRun(after.status)) planRetry(after)
    },
    wroteJob(before, { runId, job, state, submission }) {
      if (state !== 'CLAIMED' || before?.state === 'CLAIMED') return
      const number = numberOf(`${runId} ${job} ${submission}`)
      if (chosen(seed, CANCEL, number, 2) >= users.cancel * WHILE_CLAIMED) return
      plan(number, chosen(seed, CANCEL, number, 3) * 3_000, () => ask('Cancel Requested', { runId }))
    },
  }

  /** Also who wants to retry does not always wait for the end. */
  function planAhead({ runId, epoch }: Run): void {
    const number = numberOf(runId)
    if (chosen(seed, CANCEL, number, 0) < users.cancel)
      plan(number, whenToCancel(number), () => ask('Cancel Requested', { runId }))
    if (chosen(seed, RETRY, number, 6) < users.cancel)
      plan(number, chosen(seed, RETRY, number, 7) * 3 * MINUTE, () =>
        ask('Retry Requested', { runId, epoch }),
      )
  }

  /** At once, or at any time. */
  function whenToCancel(number: number): number {
    const isAtOnce = chosen(seed, CANCEL, number, 4) < 0.5
    return chosen(seed, CANCEL, number, 1) * (isAtOnce ? MINUTE / 6 : 6 * MINUTE)
  }

  function planRetry({ runId, epoch }: Run): void {
    const number = numberOf(runId) + epoch
    if (epoch > MOST_RETRIES || chosen(seed, RETRY, number, 0) >= users.retry) return
    const isAtOnce = chosen(seed, RETRY, number, 1) < 0.4
    const at = chosen(seed, RETRY, number, 2) * (isAtOnce ? 100 : 5 * MINUTE)
    plan(number, at, () => ask('Retry Requested', { runId, epoch }))
    if (chosen(seed, RETRY, number, 3) < users.cancel) {
      const later = at + chosen(seed, RETRY, number, 4) * MINUTE
      plan(number, later, () => ask('Cancel Requested', { runId }))
    }
  }

  /** Two people, or one who presses twice. */
  function plan(number: number, at: number, act: () => void): void {
    const isTwice = chosen(seed, RETRY, number, 5) < users.together
    for (const time of isTwice ? [at, at + 10] : [at]) {
      planned++
      scheduler.after(time, () => {
        planned--
        act()
      })
    }
  }
}

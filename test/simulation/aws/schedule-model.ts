import { isExpected } from '../invariants/check-errors.ts'
import type { Profile } from '../profile.ts'
import { chosen } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import type { Lambda } from './lambda.ts'

/** EventBridge Scheduler: each firing at least once, a little late; a function that fails is invoked twice more. */
export interface ScheduleModel {
  fire(event: object): void
  /** Firings under way. */
  underWay(): number
  /** Firings that no function could be made to take. */
  readonly givenUp: readonly object[]
}

const LATE = 2101
const TWICE = 2102
const LATENESS = 5_000
const AGAIN_AFTER = 60_000
const INVOCATIONS = 3

export function createScheduleModel(
  seed: number,
  scheduler: Scheduler,
  { event: { double } }: Profile,
  lambda: () => Lambda,
  report: (invariant: string, message: string) => void,
): ScheduleModel {
  const givenUp: object[] = []
  let firings = 0
  let underWay = 0
  return {
    underWay: () => underWay,
    givenUp,
    fire(event) {
      const number = ++firings
      const copies = chosen(seed, TWICE, number, 0) < double ? 2 : 1
      for (let copy = 0; copy < copies; copy++) {
        underWay++
        scheduler.after(chosen(seed, LATE, number, copy) * LATENESS, () => invoke(event, INVOCATIONS))
      }
    },
  }

  function invoke(event: object, left: number): void {
    lambda().invoke('on-schedule', event, outcome => {
      if (outcome.type === 'failed' && !isExpected(outcome.error))
        report('no other errors', `on-schedule: ${String(outcome.error)}`)
      if (outcome.type !== 'returned' && left > 1) {
        scheduler.after(AGAIN_AFTER, () => invoke(event, left - 1))
        return
      }
      underWay--
      if (outcome.type !== 'returned') givenUp.push(event)
    })
  }
}

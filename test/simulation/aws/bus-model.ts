import type { Faults } from '../faults.ts'
import type { Profile } from '../profile.ts'
import { chosen } from '../random.ts'
import { type Scheduler, START } from '../scheduler.ts'
import type { Note } from '../trace.ts'

/** EventBridge: each event by itself late, doubled or lost; for a time all of them. */
export interface BusModel {
  /** @param mayBeLost false for what is accepted once it was sent: uploads, requests */
  emit(deliver: (body: string) => void, body: string, mayBeLost: boolean): void
  /** Events on their way. */
  underWay(): number
}

const DELAY = 2001
const OUTAGE = 2002
/** What people ask for comes within a second, also where Batch's events do not. */
const PROMPT = 1000
const OUTAGE_WITHIN = 5 * 60_000

export function createBusModel(
  seed: number,
  scheduler: Scheduler,
  faults: Faults,
  { event }: Profile,
  note: Note,
): BusModel {
  let events = 0
  let underWay = 0
  const outage = outageOf()
  return {
    underWay: () => underWay,
    emit(deliver, body, mayBeLost) {
      const number = ++events
      if (mayBeLost && faults.happens('event-dropped', number, 0, event.drop)) {
        return note(() => `bus drops event ${number}: ${body}`)
      }
      const copies = faults.happens('event-doubled', number, 0, event.double) ? 2 : 1
      for (let copy = 0; copy < copies; copy++) {
        const longest = mayBeLost ? event.delay : Math.min(event.delay, PROMPT)
        const delay = 1 + chosen(seed, DELAY, number, copy) * longest
        const held = heldUp(number + copy, mayBeLost)
        if (held === undefined) continue
        underWay++
        scheduler.after(held + delay, () => {
          underWay--
          note(() => `bus delivers event ${number}: ${body}`)
          deliver(body)
        })
      }
    },
  }

  function outageOf(): { from: number; to: number } | undefined {
    if (!faults.happens('event-outage', 0, 0, event.outage)) return undefined
    const from = START + chosen(seed, OUTAGE, 0, 0) * OUTAGE_WITHIN
    const to = from + (0.2 + 0.8 * faults.size('event-outage', 0, 0)) * event.outageFor
    return { from, to }
  }

  /** In an outage, every second event is lost, and the others come when it ends. */
  function heldUp(number: number, mayBeLost: boolean): number | undefined {
    const now = scheduler.now()
    if (outage === undefined || now < outage.from || now > outage.to) return 0
    return mayBeLost && number % 2 === 0 ? undefined : outage.to - now
  }
}

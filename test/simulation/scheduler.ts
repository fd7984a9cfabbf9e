/** Virtual time: what is to happen, in order of time, then in the order in which it was asked for. */
export interface Scheduler {
  /** Milliseconds since the epoch. */
  now(): number
  after(delay: number, action: () => void): void
  /** Code under test was woken: it runs to its next calls before anything else happens. */
  woke(): void
  /** Lets everything happen until `ended` says so, nothing is left, or the time `limit` has come. */
  run(ended: () => boolean, limit: number): Promise<'ended' | 'idle' | 'late'>
}

interface Entry {
  readonly time: number
  readonly order: number
  readonly action: () => void
}

/** A moment like any other; due times are multiples of 30 s of it. */
export const START = Date.parse('2026-11-21T02:00:00Z')

export function createScheduler(): Scheduler {
  const heap: Entry[] = []
  let now = START
  let order = 0
  let awake = false
  return {
    now: () => now,
    after: (delay, action) =>
      push(heap, { time: now + Math.max(0, Math.round(delay)), order: order++, action }),
    woke() {
      awake = true
    },
    async run(ended, limit) {
      for (;;) {
        if (awake) {
          awake = false
          await settled()
        }
        if (ended()) return 'ended'
        const entry = pop(heap)
        if (entry === undefined) return 'idle'
        if (entry.time > limit) return 'late'
        now = entry.time
        entry.action()
      }
    },
  }
}

/** Node runs the queue of ticks only when no promise has anything left to do: the code under test is blocked on calls. */
function settled(): Promise<void> {
  return new Promise(resolve => process.nextTick(resolve))
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.time < other.time || (one.time === other.time && one.order < other.order)
}

function push(heap: Entry[], entry: Entry): void {
  let place = heap.push(entry) - 1
  while (place > 0) {
    const above = (place - 1) >> 1
    const parent = heap[above]
    if (parent === undefined || isBefore(parent, entry)) break
    heap[place] = parent
    place = above
  }
  heap[place] = entry
}

function pop(heap: Entry[]): Entry | undefined {
  const [first] = heap
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return first
  let place = 0
  for (;;) {
    const left = heap[2 * place + 1]
    const right = heap[2 * place + 2]
    if (left === undefined) break
    const [child, next] =
      right !== undefined && isBefore(right, left) ? [right, 2 * place + 2] : [left, 2 * place + 1]
    if (isBefore(last, child)) break
    heap[place] = child
    place = next
  }
  heap[place] = last
  return first
}

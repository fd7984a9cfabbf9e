import type { Now } from '../wire/face.ts'

/** What a timer of Node can wait for at most, in milliseconds; beyond, it would fire at once. */
const LONGEST = 2 ** 31 - 1

/** One alarm per key, however far away. */
export class Timers {
  readonly #now: Now
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(now: Now) {
    this.#now = now
  }

  /** Calls back at this time, milliseconds since the epoch. */
  set(key: string, at: number, ring: () => void): void {
    this.clear(key)
    const left = at - this.#now()
    const later = () => (left > LONGEST ? this.set(key, at, ring) : this.#ring(key, ring))
    this.#timers.set(key, setTimeout(later, Math.max(0, Math.min(left, LONGEST))).unref())
  }

  clear(key: string): void {
    clearTimeout(this.#timers.get(key))
    this.#timers.delete(key)
  }

  clearAll(): void {
    for (const key of [...this.#timers.keys()]) this.clear(key)
  }

  #ring(key: string, ring: () => void): void {
    this.#timers.delete(key)
    ring()
  }
}

import type { Now } from '../../wire/face.ts'

/** A bucket of tokens: so many calls a second, and as many at once after a rest. */
export class Rate {
  readonly #perSecond: number
  readonly #now: Now
  #tokens: number
  #filledAt: number

  constructor(perSecond: number, now: Now) {
    this.#perSecond = perSecond
    this.#now = now
    this.#tokens = perSecond
    this.#filledAt = now()
  }

  /** Takes a token, or returns false where there is none. */
  take(): boolean {
    const now = this.#now()
    const filled = this.#tokens + ((now - this.#filledAt) / 1000) * this.#perSecond
    this.#tokens = Math.min(this.#perSecond, filled)
    this.#filledAt = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}

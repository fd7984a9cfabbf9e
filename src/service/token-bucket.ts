import type { Clock } from '../ports.ts'

/** Spaces out calls: at most `rate` a second, with a burst of as many. */
export interface TokenBucket {
  /** Waits until `count` calls may be made; false, without waiting, if that takes longer than `patience` ms. */
  take(count: number, patience: number): Promise<boolean>
}

/** @param rate calls per second; the account's limit divided by the number of concurrent `advance` functions */
export function createTokenBucket(rate: number, clock: Clock): TokenBucket {
  const interval = 1000 / rate
  let nextFree = Number.NEGATIVE_INFINITY
  return {
    async take(count, patience) {
      const now = clock.now()
      const start = Math.max(nextFree, now - (rate - count) * interval)
      const wait = start - now
      if (wait > patience) return false
      nextFree = start + count * interval
      if (wait > 0) await clock.sleep(wait)
      return true
    },
  }
}

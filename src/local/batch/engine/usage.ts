/**
 * vCPUs in use over time: how many now, and their average over the past, in which a moment counts the less the longer
 * ago it was (by a factor of e for each window).
 */
export class Usage {
  #inUse = 0
  #average = 0
  #at = 0

  get inUse(): number {
    return this.#inUse
  }

  /** Adds vCPUs to those in use; takes some away where it is negative. Times and windows are milliseconds. */
  change(vcpus: number, now: number, window: number): void {
    this.#average = this.average(now, window)
    this.#at = Math.max(this.#at, now)
    this.#inUse += vcpus
  }

  average(now: number, window: number): number {
    return this.#inUse + (this.#average - this.#inUse) * fading(now - this.#at, window)
  }

  /** Counts a use of the past that was not seen as it happened. */
  recall(vcpus: number, from: number, to: number, now: number, window: number): void {
    this.change(0, now, window)
    this.#average += vcpus * (fading(now - to, window) - fading(now - from, window))
  }
}

function fading(age: number, window: number): number {
  return Math.exp(-Math.max(0, age) / window)
}

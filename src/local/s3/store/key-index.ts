import { compareKeys } from './key-order.ts'

/** The keys of a bucket in S3's order, and what is stored under each. */
export class KeyIndex<Value> {
  readonly #values: Map<string, Value>
  readonly #keys: string[]

  constructor(entries: Iterable<readonly [key: string, value: Value]> = []) {
    this.#values = new Map(entries)
    this.#keys = [...this.#values.keys()].sort(compareKeys)
  }

  get size(): number {
    return this.#keys.length
  }

  get(key: string): Value | undefined {
    return this.#values.get(key)
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key)) this.#keys.splice(this.firstAtLeast(key), 0, key)
    this.#values.set(key, value)
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#keys.splice(this.firstAtLeast(key), 1)
  }

  keyAt(position: number): string | undefined {
    return this.#keys[position]
  }

  values(): Iterable<Value> {
    return this.#values.values()
  }

  /** The position of the first key that is not before this one. */
  firstAtLeast(key: string): number {
    return this.#partition(candidate => compareKeys(candidate, key) < 0)
  }

  /** The position of the first key behind this one. */
  firstAfter(key: string): number {
    return this.#partition(candidate => compareKeys(candidate, key) <= 0)
  }

  /** The position of the first key behind all that begin with the prefix. */
  firstBeyond(prefix: string): number {
    return this.#partition(candidate => candidate.startsWith(prefix) || compareKeys(candidate, prefix) < 0)
  }

  #partition(isBefore: (key: string) => boolean): number {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (isBefore(this.#keys[middle] as string)) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** A line that also lets some in at the front. Every operation takes constant time, amortised. */
export class Deque<Item> {
  /** Those let in at the front, the first one last. */
  #front: Item[] = []
  #back: Item[] = []
  /** Where `#back` begins: what lies before it has left. */
  #begin = 0

  push(item: Item): void {
    this.#back.push(item)
  }

  pushFront(item: Item): void {
    this.#front.push(item)
  }

  peek(): Item | undefined {
    return this.#front.at(-1) ?? this.#back[this.#begin]
  }

  shift(): Item | undefined {
    if (this.#front.length > 0) return this.#front.pop()
    const item = this.#back[this.#begin]
    if (item === undefined) return undefined
    this.#begin += 1
    if (this.#begin > 1024 && this.#begin * 2 > this.#back.length) {
      this.#back = this.#back.slice(this.#begin)
      this.#begin = 0
    }
    return item
  }

  *[Symbol.iterator](): Generator<Item> {
    yield* this.#front.toReversed()
    for (let at = this.#begin; at < this.#back.length; at += 1) yield this.#back[at] as Item
  }
}

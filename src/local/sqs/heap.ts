/** What a heap holds: it remembers its own place, so that it can be moved or removed in O(log n). */
export interface Heaped {
  /** Index in its heap, -1 outside. Written by the heap only. */
  place: number
}

/** A binary min-heap by `before`; add, remove and move cost O(log n). */
export class Heap<Item extends Heaped> {
  readonly #before: (left: Item, right: Item) => boolean
  readonly #items: Item[] = []

  constructor(before: (left: Item, right: Item) => boolean) {
    this.#before = before
  }

  first(): Item | undefined {
    return this.#items[0]
  }

  add(item: Item): void {
    this.#put(item, this.#items.length)
    this.#rise(item)
  }

  /** Takes an item out; an item that is not in is left alone. */
  remove(item: Item): void {
    const place = item.place
    if (this.#items[place] !== item) return
    const last = this.#items.pop()
    item.place = -1
    if (last === undefined || last === item) return
    this.#put(last, place)
    this.moved(last)
  }

  /** Restores the order after what `before` compares has changed in one item. */
  moved(item: Item): void {
    this.#rise(item)
    this.#sink(item)
  }

  #rise(item: Item): void {
    while (item.place > 0) {
      const parent = this.#items[(item.place - 1) >> 1]
      if (parent === undefined || !this.#before(item, parent)) return
      this.#swap(item, parent)
    }
  }

  #sink(item: Item): void {
    for (;;) {
      const child = this.#smallerChild(item.place)
      if (child === undefined || !this.#before(child, item)) return
      this.#swap(item, child)
    }
  }

  #smallerChild(place: number): Item | undefined {
    const left = this.#items[2 * place + 1]
    const right = this.#items[2 * place + 2]
    if (left === undefined || right === undefined) return left
    return this.#before(right, left) ? right : left
  }

  #swap(one: Item, other: Item): void {
    const place = one.place
    this.#put(one, other.place)
    this.#put(other, place)
  }

  #put(item: Item, place: number): void {
    this.#items[place] = item
    item.place = place
  }
}

/** The first few of many in an order, without keeping the many. */
export class FirstFew<Item> {
  readonly #count: number
  readonly #compare: (a: Item, b: Item) => number
  #items: Item[] = []

  constructor(count: number, compare: (a: Item, b: Item) => number) {
    this.#count = count
    this.#compare = compare
  }

  add(item: Item): void {
    this.#items.push(item)
    if (this.#items.length >= 2 * this.#count) this.#items = [...this.sorted()]
  }

  sorted(): readonly Item[] {
    return this.#items.sort(this.#compare).slice(0, this.#count)
  }
}

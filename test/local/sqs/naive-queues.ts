/** A message as the naive model holds it. Times are milliseconds. */
interface NaiveMessage {
  readonly id: string
  readonly sentAt: number
  visibleAt: number
  receives: number
  /** Receives since it came into the queue it is in. */
  receivesHere: number
  arrival: number
}

export interface NaiveSettings {
  readonly visibilityTimeout: number
  readonly retention: number
  readonly maxReceiveCount: number
}

/** A queue and its dead-letter queue as plain lists: too slow to use, too simple to be wrong. */
export class NaiveQueues {
  readonly main: NaiveMessage[] = []
  readonly dead: NaiveMessage[] = []
  readonly #settings: NaiveSettings
  #arrivals = 0

  constructor(settings: NaiveSettings) {
    this.#settings = settings
  }

  send(id: string, delay: number, now: number): void {
    const arrival = ++this.#arrivals
    this.main.push({ id, sentAt: now, visibleAt: now + delay * 1000, receives: 0, receivesHere: 0, arrival })
  }

  /** Ids with their receive counts, in the order they are delivered. */
  receive(from: 'main' | 'dead', max: number, now: number): string[] {
    const delivered: string[] = []
    for (const message of this[from].filter(it => it.visibleAt <= now).sort(sooner)) {
      if (delivered.length === max) break
      if (message.sentAt + this.#settings.retention * 1000 <= now) this.#drop(from, message)
      else if (from === 'main' && message.receivesHere >= this.#settings.maxReceiveCount)
        this.#bury(message, now)
      else delivered.push(this.#take(message, now))
    }
    return delivered
  }

  delete(from: 'main' | 'dead', id: string, receives: number): void {
    const message = this[from].find(it => it.id === id && it.receives === receives)
    if (message !== undefined) this.#drop(from, message)
  }

  changeVisibility(
    from: 'main' | 'dead',
    id: string,
    receives: number,
    seconds: number,
    now: number,
  ): string {
    const message = this[from].find(it => it.id === id && it.receives === receives)
    if (message === undefined) return 'gone'
    if (message.visibleAt <= now) return 'visible'
    message.visibleAt = now + seconds * 1000
    return 'changed'
  }

  #take(message: NaiveMessage, now: number): string {
    message.receives += 1
    message.receivesHere += 1
    message.visibleAt = now + this.#settings.visibilityTimeout * 1000
    return `${message.id}#${message.receives}`
  }

  #bury(message: NaiveMessage, now: number): void {
    this.#drop('main', message)
    this.dead.push({ ...message, visibleAt: now, receivesHere: 0, arrival: ++this.#arrivals })
  }

  #drop(from: 'main' | 'dead', message: NaiveMessage): void {
    this[from].splice(this[from].indexOf(message), 1)
  }
}

function sooner(left: NaiveMessage, right: NaiveMessage): number {
  return left.visibleAt - right.visibleAt || left.arrival - right.arrival
}

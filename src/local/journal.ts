import {
  closeSync,
  existsSync,
  futimesSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'

/** One component's part of the journal. Entries are plain JSON; applying them in order rebuilds its state. */
export interface JournalTopic<Entry> {
  /** Applies an entry read back at start. */
  restore(entry: Entry): void
  /** The shortest list of entries that rebuilds the present state. */
  snapshot(): Iterable<Entry>
}

const COMPACT_AFTER_BYTES = 32 * 1024 * 1024

/**
 * The local services' memory on disk: an append-only file of JSON lines shared by all of them.
 *
 * Everything appended in one synchronous turn is one line, so it is kept or lost as a whole: a job's transition,
 * the event it emits and the queue message that carries it cannot be torn apart by kill -9. A line is handed to the
 * kernel before `flush` returns: it survives SIGKILL, not a power failure. A torn last line is dropped at start.
 */
export class Journal {
  readonly #file: string
  readonly #topics = new Map<string, JournalTopic<unknown>>()
  #pending: [topic: string, entry: unknown][] = []
  #scheduled = false
  #descriptor = -1
  #bytesSinceCompaction = 0
  #livedUntil: number | undefined

  constructor(file: string) {
    this.#file = file
  }

  /** Registers a component before `open`; returns what appends its entries. */
  topic<Entry>(name: string, topic: JournalTopic<Entry>): (entry: Entry) => void {
    this.#topics.set(name, topic as JournalTopic<unknown>)
    return entry => {
      this.#pending.push([name, entry])
      if (this.#scheduled) return
      this.#scheduled = true
      queueMicrotask(() => this.flush())
    }
  }

  /** Milliseconds: when the life before this one was last known to live, its last write or its close. Undefined in a first. */
  get livedUntil(): number | undefined {
    return this.#livedUntil
  }

  /** Replays the file into the topics and starts a compacted one. */
  open(): void {
    if (existsSync(this.#file)) {
      this.#livedUntil = statSync(this.#file).mtimeMs
      for (const line of readFileSync(this.#file, 'utf8').split('\n')) this.#replay(line)
    }
    this.#compact()
  }

  /** Writes what was appended so far. Call it before a request that caused it is answered. */
  flush(): void {
    this.#scheduled = false
    if (this.#pending.length === 0 || this.#descriptor < 0) return
    const line = `${JSON.stringify(this.#pending)}\n`
    this.#pending = []
    this.#write(line)
    if (this.#bytesSinceCompaction > COMPACT_AFTER_BYTES) this.#compact()
  }

  close(): void {
    this.flush()
    if (this.#descriptor >= 0) {
      const now = new Date()
      futimesSync(this.#descriptor, now, now)
      closeSync(this.#descriptor)
    }
    this.#descriptor = -1
  }

  #replay(line: string): void {
    let entries: [topic: string, entry: unknown][]
    try {
      entries = JSON.parse(line)
    } catch {
      return // the empty end of the file, or a line torn by a kill: it was never acknowledged
    }
    for (const [name, entry] of entries) this.#topics.get(name)?.restore(entry)
  }

  #compact(): void {
    const next = `${this.#file}.next`
    const descriptor = openSync(next, 'w', 0o600)
    for (const [name, topic] of this.#topics) {
      for (const entry of topic.snapshot()) writeAll(descriptor, `${JSON.stringify([[name, entry]])}\n`)
    }
    renameSync(next, this.#file)
    if (this.#descriptor >= 0) closeSync(this.#descriptor)
    this.#descriptor = descriptor
    this.#bytesSinceCompaction = 0
  }

  #write(line: string): void {
    this.#bytesSinceCompaction += writeAll(this.#descriptor, line)
  }
}

function writeAll(descriptor: number, text: string): number {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
  return bytes.length
}

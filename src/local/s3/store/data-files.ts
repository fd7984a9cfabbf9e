import { randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'

/** A run of bytes of an object: one file, written once and never changed. */
export interface Segment {
  /** A random name, so nothing a client sends can name a file. */
  readonly file: string
  readonly size: number
}

const READ_BYTES = 256 * 1024

/** The bytes of all objects and parts. Which of the files are alive is for the metadata to say. */
export class DataFiles {
  readonly #folder: string
  readonly #readers = new Map<string, number>()
  readonly #doomed = new Set<string>()

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** Streams bytes into a new file. If the source fails nothing is left behind and its error is thrown on. */
  async write(source: AsyncIterable<Buffer>): Promise<Segment> {
    const file = randomUUID()
    const handle = await open(this.#path(file), 'wx', 0o600)
    let size = 0
    try {
      for await (const chunk of source) {
        await handle.appendFile(chunk)
        size += chunk.length
      }
    } catch (error) {
      this.release([{ file, size }])
      throw error
    } finally {
      await handle.close()
    }
    return { file, size }
  }

  /**
   * Streams the bytes from `start` to `end` (both included) of the segments behind one another. The files stay until
   * the stream is closed, even if they are released meanwhile.
   */
  read(segments: readonly Segment[], start: number, end: number): Readable {
    for (const { file } of segments) this.#readers.set(file, (this.#readers.get(file) ?? 0) + 1)
    const stream = Readable.from(this.#bytes(segments, start, end), { objectMode: false })
    return stream.once('close', () => {
      for (const { file } of segments) this.#stopReading(file)
    })
  }

  /** Gives files up: they are removed as soon as nobody reads them. */
  release(segments: readonly Segment[]): void {
    for (const { file } of segments) {
      if (this.#readers.has(file)) this.#doomed.add(file)
      else this.#remove(file)
    }
  }

  /** At start: removes what a killed process left half written or replaced. */
  removeAllBut(alive: ReadonlySet<string>): void {
    for (const file of readdirSync(this.#folder)) {
      if (!alive.has(file)) rmSync(this.#path(file), { force: true })
    }
  }

  async *#bytes(segments: readonly Segment[], start: number, end: number): AsyncGenerator<Buffer> {
    let offset = 0
    for (const { file, size } of segments) {
      const from = Math.max(start - offset, 0)
      const to = Math.min(end - offset, size - 1)
      offset += size
      if (from <= to)
        yield* createReadStream(this.#path(file), { start: from, end: to, highWaterMark: READ_BYTES })
    }
  }

  #stopReading(file: string): void {
    const others = (this.#readers.get(file) ?? 1) - 1
    if (others > 0) {
      this.#readers.set(file, others)
      return
    }
    this.#readers.delete(file)
    if (this.#doomed.delete(file)) this.#remove(file)
  }

  #remove(file: string): void {
    // Not waited for, and a failure is no harm: what is left over is removed at the next start.
    rm(this.#path(file), { force: true }).catch(() => {})
  }

  #path(file: string): string {
    return join(this.#folder, file)
  }
}

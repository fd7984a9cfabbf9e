import type { Now } from '../../wire/face.ts'
import { readMetadata, writeMetadata } from './metadata-file.ts'

const TICKS_PER_SECOND = 1n << 32n
const RESERVED_AHEAD = 60n * TICKS_PER_SECOND
const NAME = 'sequencer'

/**
 * Numbers events so that later ones compare greater: 18 upper-case hexadecimal digits, seconds and fractions, strictly
 * increasing. How far it may have counted is on disk, so it also grows over kill -9 and a clock that was put back.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export class Sequencer {
  readonly #folder: string
  readonly #now: Now
  #last: bigint
  #reserved: bigint

  constructor(folder: string, now: Now) {
    this.#folder = folder
    this.#now = now
    const stored = readMetadata(folder).get(NAME)
    this.#last = typeof stored === 'string' ? BigInt(`0x${stored}`) : 0n
    this.#reserved = this.#last
  }

  next(): string {
    const clock = (BigInt(Math.floor(this.#now())) * TICKS_PER_SECOND) / 1000n
    this.#last = clock > this.#last ? clock : this.#last + 1n
    if (this.#last >= this.#reserved) {
      this.#reserved = this.#last + RESERVED_AHEAD
      writeMetadata(this.#folder, NAME, this.#reserved.toString(16))
    }
    return this.#last.toString(16).toUpperCase().padStart(18, '0')
  }
}

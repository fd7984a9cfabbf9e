const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d
/** Bytes; what CloudWatch Logs takes in one event. */
const LONGEST_LINE = 256 * 1024

/** Cuts a stream of bytes into lines of UTF-8 text; a line that is too long is cut, but never inside a character. */
export class Lines {
  readonly #emit: (line: string) => void
  #rest: Buffer[] = []
  #size = 0

  constructor(emit: (line: string) => void) {
    this.#emit = emit
  }

  push(chunk: Buffer): void {
    let begin = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, begin)) {
      this.#add(chunk.subarray(begin, end))
      this.#flush()
      begin = end + 1
    }
    if (begin < chunk.length) this.#add(chunk.subarray(begin))
  }

  /** The stream is over: what has no newline behind it is a line too. */
  end(): void {
    if (this.#size > 0) this.#flush()
  }

  #add(bytes: Buffer): void {
    this.#rest.push(bytes)
    this.#size += bytes.length
    while (this.#size > LONGEST_LINE) this.#cut()
  }

  #cut(): void {
    const all = Buffer.concat(this.#rest)
    const end = characterBorder(all, LONGEST_LINE)
    this.#emit(all.toString('utf8', 0, end))
    this.#rest = [all.subarray(end)]
    this.#size = all.length - end
  }

  #flush(): void {
    const line = Buffer.concat(this.#rest)
    const end = line.at(-1) === CARRIAGE_RETURN ? line.length - 1 : line.length
    this.#emit(line.toString('utf8', 0, end))
    this.#rest = []
    this.#size = 0
  }
}

/** The last place at or before `end` where a character begins; at most three bytes back. */
function characterBorder(bytes: Buffer, end: number): number {
  for (let at = end; at > end - 4; at -= 1) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return at
  return end
}

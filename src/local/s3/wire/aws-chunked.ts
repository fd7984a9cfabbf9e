import { S3Error } from './s3-error.ts'

const MAX_LINE_BYTES = 16 * 1024
const LINE_FEED = 0x0a

/**
 * Takes the chunk frames off a body in `aws-chunked` encoding and collects its trailers.
 *
 * Signed and unsigned frames are read alike; signatures are not verified, for this service knows no secret keys.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export class AwsChunkedDecoder {
  /** By lower-case name; complete after `end`. */
  readonly trailers = new Map<string, string>()
  #state: 'size' | 'data' | 'data-end' | 'trailers' | 'done' = 'size'
  #line: Buffer = Buffer.alloc(0)
  #remaining = 0

  /** The payload among these bytes of the body. @throws S3Error IncompleteBody if the framing is broken */
  push(bytes: Buffer): readonly Buffer[] {
    const payload: Buffer[] = []
    let rest = bytes
    while (rest.length > 0) {
      if (this.#state === 'data') {
        const piece = rest.subarray(0, this.#remaining)
        payload.push(piece)
        rest = rest.subarray(piece.length)
        this.#remaining -= piece.length
        if (this.#remaining === 0) this.#state = 'data-end'
      } else {
        rest = this.#takeLine(rest)
      }
    }
    return payload
  }

  /** Says that the body is over. @throws S3Error IncompleteBody if the last chunk never came */
  end(): void {
    if (this.#line.length > 0) throw broken('there are bytes where none belong')
    // Some clients leave out the empty line behind the last trailer.
    if (this.#state !== 'done' && this.#state !== 'trailers') throw broken('it ends before its last chunk')
  }

  #takeLine(bytes: Buffer): Buffer {
    const end = bytes.indexOf(LINE_FEED)
    const piece = end < 0 ? bytes : bytes.subarray(0, end)
    this.#line = this.#line.length === 0 ? piece : Buffer.concat([this.#line, piece])
    if (this.#line.length > MAX_LINE_BYTES) throw broken('a line of it is far too long')
    if (end < 0) return bytes.subarray(bytes.length)
    const line = this.#line.toString('latin1').trim()
    this.#line = Buffer.alloc(0)
    this.#readLine(line)
    return bytes.subarray(end + 1)
  }

  #readLine(line: string): void {
    if (this.#state === 'size') this.#readSize(line)
    else if (this.#state === 'trailers') this.#readTrailer(line)
    else if (line !== '') throw broken('there are bytes where none belong')
    else if (this.#state === 'data-end') this.#state = 'size'
  }

  #readSize(line: string): void {
    const [, hex] = /^([0-9a-f]{1,12})(?:;.*)?$/i.exec(line) ?? []
    if (hex === undefined) throw broken('a chunk does not begin with its size in hexadecimal digits')
    this.#remaining = Number.parseInt(hex, 16)
    this.#state = this.#remaining === 0 ? 'trailers' : 'data'
  }

  #readTrailer(line: string): void {
    if (line === '') {
      this.#state = 'done'
      return
    }
    const colon = line.indexOf(':')
    if (colon < 1) throw new S3Error('MalformedTrailerError', 'A trailer is not of the form name:value.')
    this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
}

function broken(what: string): S3Error {
  return new S3Error('IncompleteBody', `The aws-chunked body is broken: ${what}. Send it again.`)
}

const REVERSED_POLYNOMIAL = 0x82f63b78
const TABLE = table()

/**
 * CRC-32C (Castagnoli), byte by byte.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export class Crc32c {
  #state = -1

  update(bytes: Uint8Array): void {
    let state = this.#state
    for (let i = 0; i < bytes.length; i++) {
      state = (state >>> 8) ^ (TABLE[(state ^ (bytes[i] as number)) & 0xff] as number)
    }
    this.#state = state
  }

  /** Four bytes, most significant first, as S3 sends it in base64. */
  digest(): Buffer {
    const bytes = Buffer.alloc(4)
    bytes.writeInt32BE(~this.#state)
    return bytes
  }
}

function table(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let state = byte
    for (let bit = 0; bit < 8; bit++) state = state & 1 ? (state >>> 1) ^ REVERSED_POLYNOMIAL : state >>> 1
    return state
  })
}

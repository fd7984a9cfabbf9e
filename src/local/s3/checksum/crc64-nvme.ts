const REVERSED_POLYNOMIAL = 0x9a6c9329ac4bc9b5n
const { high: HIGH, low: LOW } = tables()

/**
 * CRC-64/NVME, the checksum S3 prefers. The state is kept in two 32-bit halves, for BigInt is far slower.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export class Crc64Nvme {
  #high = -1
  #low = -1

  update(bytes: Uint8Array): void {
    let high = this.#high
    let low = this.#low
    for (let i = 0; i < bytes.length; i++) {
      const index = (low ^ (bytes[i] as number)) & 0xff
      low = ((low >>> 8) | (high << 24)) ^ (LOW[index] as number)
      high = (high >>> 8) ^ (HIGH[index] as number)
    }
    this.#high = high
    this.#low = low
  }

  /** Eight bytes, most significant first, as S3 sends it in base64. */
  digest(): Buffer {
    const bytes = Buffer.alloc(8)
    bytes.writeInt32BE(~this.#high, 0)
    bytes.writeInt32BE(~this.#low, 4)
    return bytes
  }
}

function tables(): { readonly high: Int32Array; readonly low: Int32Array } {
  const high = new Int32Array(256)
  const low = new Int32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let state = BigInt(byte)
    for (let bit = 0; bit < 8; bit++) state = state & 1n ? (state >> 1n) ^ REVERSED_POLYNOMIAL : state >> 1n
    high[byte] = Number(BigInt.asIntN(32, state >> 32n))
    low[byte] = Number(BigInt.asIntN(32, state))
  }
  return { high, low }
}

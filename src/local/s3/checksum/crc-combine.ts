/** A CRC as S3 uses them: bits reversed, inverted before and after. */
interface Crc {
  readonly width: bigint
  readonly reversedPolynomial: bigint
}

const CRCS = {
  CRC32: { width: 32n, reversedPolynomial: 0xedb88320n },
  CRC32C: { width: 32n, reversedPolynomial: 0x82f63b78n },
  CRC64NVME: { width: 64n, reversedPolynomial: 0x9a6c9329ac4bc9b5n },
} as const satisfies Record<string, Crc>

export type CombinableAlgorithm = keyof typeof CRCS

/** The CRC of some bytes and how many they were. */
export interface CrcPart {
  readonly digest: Buffer
  readonly size: number
}

export function isCombinable(algorithm: string): algorithm is CombinableAlgorithm {
  return Object.hasOwn(CRCS, algorithm)
}

/**
 * The CRC of the parts' bytes behind one another, from their CRCs alone: the bytes are not read again.
 *
 * A CRC is linear over GF(2), so appending n bytes multiplies the CRC before them by x^8n modulo the polynomial.
 */
export function combineCrcs(algorithm: CombinableAlgorithm, parts: readonly CrcPart[]): Buffer {
  const crc = CRCS[algorithm]
  const shifts = new Map<number, bigint>() // parts are mostly of one size
  let combined = 0n
  for (const part of parts) {
    const shift = shifts.get(part.size) ?? powerOfX(crc, BigInt(part.size) * 8n)
    shifts.set(part.size, shift)
    combined = multiply(crc, shift, combined) ^ BigInt(`0x${part.digest.toString('hex')}`)
  }
  return Buffer.from(combined.toString(16).padStart(Number(crc.width) / 4, '0'), 'hex')
}

// In the reversed form the highest bit is x^0, and multiplying by x is a shift to the right.
function multiply({ width, reversedPolynomial }: Crc, a: bigint, b: bigint): bigint {
  let product = 0n
  let shifted = b
  for (let bit = width - 1n; bit >= 0n; bit--) {
    if ((a >> bit) & 1n) product ^= shifted
    shifted = shifted & 1n ? (shifted >> 1n) ^ reversedPolynomial : shifted >> 1n
  }
  return product
}

function powerOfX(crc: Crc, exponent: bigint): bigint {
  let power = 1n << (crc.width - 1n)
  let square = 1n << (crc.width - 2n)
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) power = multiply(crc, power, square)
    square = multiply(crc, square, square)
  }
  return power
}

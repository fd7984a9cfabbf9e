import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { assertNever } from '../../../core/errors.ts'
import { S3Error } from '../wire/s3-error.ts'
import { Crc32c } from './crc32c.ts'
import { Crc64Nvme } from './crc64-nvme.ts'

export const CHECKSUM_ALGORITHMS = [
  'CRC32',
  'CRC32C',
  'CRC64NVME',
  'SHA1',
  'SHA256',
  'SHA512',
  'MD5',
] as const

export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number]

/** Of all bytes, or of the parts' checksums behind one another (then the value ends in `-<parts>`). */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE'

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm
  readonly type: ChecksumType
  /** Base64, as it goes over the wire. */
  readonly value: string
}

/** A checksum in the making. */
export interface Digest {
  update(bytes: Uint8Array): unknown
  digest(): Buffer
}

export function createDigest(algorithm: ChecksumAlgorithm): Digest {
  switch (algorithm) {
    case 'CRC32':
      return new Crc32()
    case 'CRC32C':
      return new Crc32c()
    case 'CRC64NVME':
      return new Crc64Nvme()
    case 'SHA1':
    case 'SHA256':
    case 'SHA512':
    case 'MD5':
      return createHash(algorithm.toLowerCase())
    default:
      return assertNever(algorithm)
  }
}

class Crc32 implements Digest {
  #state = 0

  update(bytes: Uint8Array): void {
    this.#state = crc32(bytes, this.#state)
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(this.#state)
    return bytes
  }
}

/** The header (or trailer) that carries a checksum: `x-amz-checksum-crc32`. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`
}

/** The XML element that carries a checksum: `ChecksumCRC32`. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`
}

/** @throws S3Error NotImplemented for the algorithms that are not built, InvalidRequest for unknown ones */
export function parseChecksumAlgorithm(name: string): ChecksumAlgorithm {
  const algorithm = CHECKSUM_ALGORITHMS.find(known => known === name.toUpperCase())
  if (algorithm !== undefined) return algorithm
  const known = `Use one of ${CHECKSUM_ALGORITHMS.join(', ')}.`
  if (/^xxhash/i.test(name))
    throw new S3Error('NotImplemented', `Checksums with ${name} are not built. ${known}`)
  throw new S3Error('InvalidRequest', `The checksum algorithm "${name}" is unknown. ${known}`)
}

/** The headers that tell of an object's checksum. */
export function checksumHeaders(checksum: Checksum | undefined): Record<string, string> {
  if (checksum === undefined) return {}
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type }
}

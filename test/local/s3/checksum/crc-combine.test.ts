import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChecksumAlgorithm, createDigest } from '../../../../src/local/s3/checksum/checksums.ts'
import { combineCrcs, isCombinable } from '../../../../src/local/s3/checksum/crc-combine.ts'

const crcOf = (algorithm: ChecksumAlgorithm, bytes: Uint8Array) => {
  const digest = createDigest(algorithm)
  digest.update(bytes)
  return digest.digest()
}

describe('combineCrcs', () => {
  it.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)(
    'makes the %s of the whole from those of the parts',
    algorithm => {
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }), parts => {
          const crcs = parts.map(part => ({ digest: crcOf(algorithm, part), size: part.length }))
          expect(combineCrcs(algorithm, crcs)).toEqual(crcOf(algorithm, Buffer.concat(parts)))
        }),
        { numRuns: 50 },
      )
    },
  )

  it('knows that hashes cannot be combined', () => {
    expect(['CRC32', 'SHA1', 'SHA256', 'MD5', 'toString'].map(isCombinable)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })
})

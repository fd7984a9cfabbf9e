import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CHECKSUM_ALGORITHMS,
  createDigest,
  parseChecksumAlgorithm,
} from '../../../../src/local/s3/checksum/checksums.ts'

describe('createDigest', () => {
  // The check values of the CRC catalogue, and well-known hashes, of the digits 1 to 9.
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
    ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['MD5', '25f9e794323b453885f5181f1b624d0b'],
  ] as const)('computes the %s of "123456789"', (algorithm, hex) => {
    const digest = createDigest(algorithm)
    digest.update(Buffer.from('123456789'))
    expect(digest.digest().toString('hex')).toBe(hex)
  })

  it.each(CHECKSUM_ALGORITHMS)('gives the same %s however the bytes are cut', algorithm => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), pieces => {
        const whole = createDigest(algorithm)
        whole.update(Buffer.concat(pieces))
        const cut = createDigest(algorithm)
        for (const piece of pieces) cut.update(piece)
        expect(cut.digest()).toEqual(whole.digest())
      }),
      { numRuns: 30 },
    )
  })
})

describe('parseChecksumAlgorithm', () => {
  it('reads a name in any case', () => expect(parseChecksumAlgorithm('crc64nvme')).toBe('CRC64NVME'))

  it.each([
    ['XXHASH64', 'NotImplemented'],
    ['ROT13', 'InvalidRequest'],
  ])('refuses %s with %s', (name, code) => {
    expect(() => parseChecksumAlgorithm(name)).toThrow(expect.objectContaining({ code }))
  })
})

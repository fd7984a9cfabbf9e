import { type Checksum, createDigest } from '../checksum/checksums.ts'
import { combineCrcs, isCombinable } from '../checksum/crc-combine.ts'
import type { Part, UploadChecksum } from '../store/upload-store.ts'

/**
 * The object's checksum from those of its parts: of the whole for CRCs, else of the checksums behind one another.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function multipartChecksum(
  wanted: UploadChecksum | undefined,
  parts: readonly Part[],
): Checksum | undefined {
  if (wanted === undefined) return undefined
  const { algorithm, type } = wanted
  const digests = parts.map(part => ({
    digest: Buffer.from(part.checksum ?? '', 'base64'),
    size: part.segment.size,
  }))
  if (type === 'FULL_OBJECT' && isCombinable(algorithm)) {
    return { algorithm, type, value: combineCrcs(algorithm, digests).toString('base64') }
  }
  const composite = createDigest(algorithm)
  for (const { digest } of digests) composite.update(digest)
  return { algorithm, type, value: `${composite.digest().toString('base64')}-${parts.length}` }
}

import { type ChecksumAlgorithm, checksumElement } from '../checksum/checksums.ts'
import type { Part } from '../store/upload-store.ts'
import { unquoteEtag } from '../wire/conditions.ts'
import { S3Error } from '../wire/s3-error.ts'
import { childText, parseXml, type XmlElement } from '../wire/xml-reader.ts'

const MIN_PART_BYTES = 5 * 1024 * 1024
const MAX_PARTS = 10_000

/**
 * The parts a CompleteMultipartUpload body names, in order.
 *
 * @throws S3Error MalformedXML, InvalidPartOrder, InvalidPart, and EntityTooSmall if any but the last is under 5 MiB
 */
export function chosenParts(
  list: string,
  uploaded: readonly Part[],
  algorithm: ChecksumAlgorithm | undefined,
): readonly Part[] {
  const root = parseXml(list)
  const entries = root.children.filter(child => child.name === 'Part')
  if (root.name !== 'CompleteMultipartUpload' || entries.length === 0 || entries.length > MAX_PARTS) {
    throw new S3Error('MalformedXML', `The body names ${entries.length} parts. Name 1 to ${MAX_PARTS}.`)
  }
  const byNumber = new Map(uploaded.map(part => [part.number, part]))
  const parts = entries.map(entry => chosenPart(entry, byNumber, algorithm))
  checkOrder(parts)
  checkSizes(parts)
  return parts
}

function chosenPart(
  entry: XmlElement,
  uploaded: ReadonlyMap<number, Part>,
  algorithm?: ChecksumAlgorithm,
): Part {
  const number = childText(entry, 'PartNumber') ?? ''
  const etag = unquoteEtag(childText(entry, 'ETag') ?? '')
  const checksum = algorithm && childText(entry, checksumElement(algorithm))
  const part = uploaded.get(Number(number))
  if (part?.etag === etag && (checksum === undefined || checksum === part.checksum)) return part
  const what = part === undefined ? 'was never uploaded' : 'has another ETag or checksum'
  const message = `Part ${number.slice(0, 20)} ${what}. Name the parts with what UploadPart answered.`
  throw new S3Error('InvalidPart', message, { PartNumber: number, ETag: etag })
}

function checkOrder(parts: readonly Part[]): void {
  const isWrong = parts.some((part, i) => part.number <= (parts[i - 1]?.number ?? 0))
  if (isWrong)
    throw new S3Error('InvalidPartOrder', 'The part numbers do not grow. Sort them, each only once.')
}

function checkSizes(parts: readonly Part[]): void {
  const small = parts.slice(0, -1).find(({ segment }) => segment.size < MIN_PART_BYTES)
  if (small === undefined) return
  const message = `Part ${small.number} has ${small.segment.size} bytes. All but the last need ${MIN_PART_BYTES}.`
  throw new S3Error('EntityTooSmall', message, {
    ProposedSize: small.segment.size,
    MinSizeAllowed: MIN_PART_BYTES,
    PartNumber: small.number,
    ETag: small.etag,
  })
}

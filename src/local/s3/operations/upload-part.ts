import { type ChecksumAlgorithm, checksumElement, checksumHeader } from '../checksum/checksums.ts'
import { Digests } from '../checksum/digests.ts'
import type { Segment } from '../store/data-files.ts'
import type { Storage } from '../store/storage.ts'
import type { Part, Upload } from '../store/upload-store.ts'
import { type S3Answer, xmlAnswer } from '../wire/answer.ts'
import { checkedBody } from '../wire/checked-body.ts'
import { parseRange } from '../wire/range.ts'
import { invalidArgument, S3Error } from '../wire/s3-error.ts'
import type { S3Request } from '../wire/s3-request.ts'
import { text, xmlDocument } from '../wire/xml.ts'
import { copySource } from './copy-source.ts'
import { refuseTooLarge } from './put-object.ts'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export async function uploadPart(storage: Storage, request: S3Request): Promise<S3Answer> {
  const { upload, number } = target(storage, request)
  const body = checkedBody(request, 'MD5', upload.checksum?.algorithm)
  refuseTooLarge(body.declared.size)
  const sent = body.declared.checksum?.algorithm
  if (sent !== undefined && upload.checksum !== undefined && sent !== upload.checksum.algorithm) {
    const message = `The upload was started with ${upload.checksum.algorithm}, the part has ${sent}. Send the first.`
    throw new S3Error('InvalidRequest', message)
  }
  const segment = await storage.data.write(body.bytes)
  const part = addPart(storage, upload, number, segment, body.digests)
  const algorithm = upload.checksum?.algorithm ?? sent
  const headers = { etag: `"${part.etag}"`, 'content-length': '0' }
  if (algorithm === undefined) return { status: 200, headers }
  const value = body.digests.result(algorithm).toString('base64')
  return { status: 200, headers: { ...headers, [checksumHeader(algorithm)]: value } }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export async function uploadPartCopy(storage: Storage, request: S3Request): Promise<S3Answer> {
  const { upload, number } = target(storage, request)
  const source = copySource(storage, request)
  const asked = request.headers.get('x-amz-copy-source-range')
  const range = asked === undefined ? { start: 0, end: source.size - 1 } : parseRange(asked, source.size)
  if (range === undefined || (asked !== undefined && !asked.endsWith(`=${range.start}-${range.end}`))) {
    throw invalidArgument(
      'x-amz-copy-source-range',
      asked ?? '',
      `Give bytes=first-last within ${source.size} bytes.`,
    )
  }
  refuseTooLarge(range.end - range.start + 1)
  const digests = new Digests(['MD5', upload.checksum?.algorithm])
  const bytes = storage.data.read(source.segments, range.start, range.end)
  const segment = await storage.data.write(digests.through(bytes))
  const part = addPart(storage, upload, number, segment, digests)
  return xmlAnswer(
    xmlDocument(
      'CopyPartResult',
      text('LastModified', new Date(part.lastModified).toISOString()),
      text('ETag', `"${part.etag}"`),
      ...partChecksum(part, upload.checksum?.algorithm),
    ),
  )
}

/** A part's checksum as an element, if it has one. */
export function partChecksum(part: Part, algorithm: ChecksumAlgorithm | undefined) {
  return algorithm === undefined ? [] : [text(checksumElement(algorithm), part.checksum)]
}

function target({ buckets, uploads }: Storage, { bucket, key, query }: S3Request) {
  buckets.require(bucket)
  const number = query.get('partNumber') ?? ''
  if (!/^[1-9]\d{0,4}$/.test(number) || Number(number) > 10_000) {
    throw invalidArgument('partNumber', number, 'Give a whole number from 1 to 10000.')
  }
  return { upload: uploads.require(query.get('uploadId') ?? '', bucket, key), number: Number(number) }
}

function addPart(
  { uploads, now }: Storage,
  upload: Upload,
  number: number,
  segment: Segment,
  digests: Digests,
): Part {
  const algorithm = upload.checksum?.algorithm
  const part = {
    number,
    segment,
    etag: digests.result('MD5').toString('hex'),
    checksum: algorithm && digests.result(algorithm).toString('base64'),
    lastModified: Math.floor(now() / 1000) * 1000,
  }
  uploads.addPart(upload, part)
  return part
}

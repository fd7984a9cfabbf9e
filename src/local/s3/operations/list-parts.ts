import type { Storage } from '../store/storage.ts'
import { type S3Answer, xmlAnswer } from '../wire/answer.ts'
import { percentEncode } from '../wire/percent.ts'
import type { S3Request } from '../wire/s3-request.ts'
import { element, text, xmlDocument } from '../wire/xml.ts'
import { owner } from './buckets.ts'
import { encodingType, pageSize, wholeNumber } from './paging.ts'
import { partChecksum } from './upload-part.ts'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export function listParts(
  { buckets, uploads, identity }: Storage,
  { bucket, key, query }: S3Request,
): S3Answer {
  buckets.require(bucket)
  const upload = uploads.require(query.get('uploadId') ?? '', bucket, key)
  const after = wholeNumber(query, 'part-number-marker') ?? 0
  const limit = pageSize(query, 'max-parts')
  const rest = uploads.parts(upload.uploadId).filter(part => part.number > after)
  const page = rest.slice(0, limit)
  const parts = page.map(part =>
    element(
      'Part',
      text('PartNumber', part.number),
      text('LastModified', new Date(part.lastModified).toISOString()),
      text('ETag', `"${part.etag}"`),
      text('Size', part.segment.size),
      ...partChecksum(part, upload.checksum?.algorithm),
    ),
  )
  return xmlAnswer(
    xmlDocument(
      'ListPartsResult',
      text('Bucket', bucket),
      text('Key', encodingType(query) === 'url' ? percentEncode(key) : key),
      text('UploadId', upload.uploadId),
      owner('Initiator', identity.account),
      owner('Owner', identity.account),
      text('StorageClass', upload.storageClass),
      text('PartNumberMarker', after),
      text('NextPartNumberMarker', page.at(-1)?.number ?? after),
      text('MaxParts', limit),
      text('IsTruncated', rest.length > page.length && limit > 0),
      text('ChecksumAlgorithm', upload.checksum?.algorithm),
      text('ChecksumType', upload.checksum?.type),
      ...parts,
    ),
  )
}

import { type ChecksumType, parseChecksumAlgorithm } from '../checksum/checksums.ts'
import { isCombinable } from '../checksum/crc-combine.ts'
import type { Storage } from '../store/storage.ts'
import type { UploadChecksum } from '../store/upload-store.ts'
import { type S3Answer, xmlAnswer } from '../wire/answer.ts'
import { keptHeaders, storageClassOf } from '../wire/object-headers.ts'
import { invalidArgument, S3Error } from '../wire/s3-error.ts'
import type { S3Request } from '../wire/s3-request.ts'
import { text, xmlDocument } from '../wire/xml.ts'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export function createUpload({ buckets, uploads, now }: Storage, request: S3Request): S3Answer {
  const { bucket, key } = request
  buckets.require(bucket)
  const checksum = uploadChecksum(request.headers)
  const { uploadId } = uploads.create({
    bucket,
    key,
    initiatedAt: now(),
    headers: keptHeaders(request.headers),
    storageClass: storageClassOf(request.headers),
    checksum,
  })
  const body = xmlDocument(
    'InitiateMultipartUploadResult',
    text('Bucket', bucket),
    text('Key', key),
    text('UploadId', uploadId),
  )
  if (checksum === undefined) return xmlAnswer(body)
  const { algorithm, type } = checksum
  return xmlAnswer(body, { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': type })
}

function uploadChecksum(headers: ReadonlyMap<string, string>): UploadChecksum | undefined {
  const name = headers.get('x-amz-checksum-algorithm')
  const type = checksumType(headers.get('x-amz-checksum-type'))
  if (name === undefined) {
    if (type === undefined) return undefined
    throw new S3Error(
      'InvalidRequest',
      'x-amz-checksum-type needs x-amz-checksum-algorithm beside it. Send both.',
    )
  }
  const algorithm = parseChecksumAlgorithm(name)
  const preferred = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE'
  const chosen = type ?? preferred
  const isPossible = chosen === 'FULL_OBJECT' ? isCombinable(algorithm) : algorithm !== 'CRC64NVME'
  if (isPossible) return { algorithm, type: chosen }
  const message = `A multipart upload cannot have a ${chosen} checksum with ${algorithm}. Use ${preferred}.`
  throw new S3Error('InvalidRequest', message)
}

function checksumType(value: string | undefined): ChecksumType | undefined {
  if (value === undefined || value === 'FULL_OBJECT' || value === 'COMPOSITE') return value
  throw invalidArgument('x-amz-checksum-type', value, 'Give FULL_OBJECT or COMPOSITE.')
}

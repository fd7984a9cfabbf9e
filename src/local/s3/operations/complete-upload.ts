import { createHash } from 'node:crypto'
import { checksumElement, checksumHeader } from '../checksum/checksums.ts'
import type { ObjectVersion } from '../store/object-version.ts'
import type { Storage } from '../store/storage.ts'
import type { Part, Upload } from '../store/upload-store.ts'
import { type S3Answer, xmlAnswer } from '../wire/answer.ts'
import { readSmallBody } from '../wire/checked-body.ts'
import { writeCondition } from '../wire/conditions.ts'
import { S3Error } from '../wire/s3-error.ts'
import type { S3Request } from '../wire/s3-request.ts'
import { text, xmlDocument } from '../wire/xml.ts'
import { chosenParts } from './chosen-parts.ts'
import { multipartChecksum } from './multipart-checksum.ts'

const MAX_BODY_BYTES = 8 * 1024 * 1024

/**
 * Makes the object of the parts; their bytes are not copied. Asked again after it succeeded, it answers the same
 * again, for the first answer may have been lost; there is no second event.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export async function completeUpload(storage: Storage, request: S3Request): Promise<S3Answer> {
  const { bucket, key } = request
  storage.buckets.require(bucket)
  const condition = writeCondition(request.headers)
  const list = await readSmallBody(withoutObjectChecksum(request), MAX_BODY_BYTES)
  const uploadId = request.query.get('uploadId') ?? ''
  const present = storage.objects.find(bucket, key)
  if (present?.uploadId === uploadId) return completed(present)
  const upload = storage.uploads.require(uploadId, bucket, key)
  const parts = chosenParts(list, storage.uploads.parts(uploadId), upload.checksum?.algorithm)
  const created = { ...assemble(upload, parts), segments: parts.map(part => part.segment) }
  compareWithDeclared(created, request.headers)
  const version = storage.objects.publish(created, condition, 'CompleteMultipartUpload', request)
  storage.uploads.end(upload, version.segments)
  return completed(version)
}

/** Here the checksum headers are about the object, not about the body. */
function withoutObjectChecksum(request: S3Request): S3Request {
  const headers = [...request.headers].filter(([name]) => !name.startsWith('x-amz-checksum-'))
  return { ...request, headers: new Map(headers) }
}

function assemble(upload: Upload, parts: readonly Part[]) {
  const { bucket, key, headers, storageClass, uploadId } = upload
  const md5s = Buffer.concat(parts.map(part => Buffer.from(part.etag, 'hex')))
  return {
    bucket,
    key,
    headers,
    storageClass,
    uploadId,
    size: parts.reduce((sum, { segment }) => sum + segment.size, 0),
    etag: `${createHash('md5').update(md5s).digest('hex')}-${parts.length}`,
    checksum: multipartChecksum(upload.checksum, parts),
  }
}

function compareWithDeclared(
  { size, checksum }: Pick<ObjectVersion, 'size' | 'checksum'>,
  headers: ReadonlyMap<string, string>,
): void {
  const declaredSize = headers.get('x-amz-mp-object-size')
  if (declaredSize !== undefined && Number(declaredSize) !== size) {
    const message = `The parts have ${size} bytes, x-amz-mp-object-size says ${declaredSize}. Look for a missing part.`
    throw new S3Error('InvalidRequest', message)
  }
  if (checksum === undefined) return
  const name = checksumHeader(checksum.algorithm)
  const declared = headers.get(name)
  if (declared === undefined || declared === checksum.value) return
  const message = `The object's checksum is ${checksum.value}, ${name} says ${declared}. Upload the parts again.`
  throw new S3Error('BadDigest', message, { ExpectedDigest: declared, CalculatedDigest: checksum.value })
}

function completed({ bucket, key, etag, checksum }: ObjectVersion): S3Answer {
  return xmlAnswer(
    xmlDocument(
      'CompleteMultipartUploadResult',
      text('Location', `/${bucket}/${key}`),
      text('Bucket', bucket),
      text('Key', key),
      text('ETag', `"${etag}"`),
      ...(checksum === undefined
        ? []
        : [text(checksumElement(checksum.algorithm), checksum.value), text('ChecksumType', checksum.type)]),
    ),
  )
}

import {
  type Checksum,
  type ChecksumAlgorithm,
  checksumElement,
  parseChecksumAlgorithm,
} from '../checksum/checksums.ts'
import { Digests } from '../checksum/digests.ts'
import type { ObjectVersion } from '../store/object-version.ts'
import type { Storage } from '../store/storage.ts'
import { type S3Answer, xmlAnswer } from '../wire/answer.ts'
import { writeCondition } from '../wire/conditions.ts'
import { keptHeaders, storageClassOf } from '../wire/object-headers.ts'
import { invalidArgument, S3Error } from '../wire/s3-error.ts'
import type { S3Request } from '../wire/s3-request.ts'
import { text, xmlDocument } from '../wire/xml.ts'
import { copySource } from './copy-source.ts'
import { refuseTooLarge } from './put-object.ts'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export async function copyObject(storage: Storage, request: S3Request): Promise<S3Answer> {
  const { objects, data } = storage
  const { bucket, key } = request
  const condition = writeCondition(request.headers)
  condition(objects.find(bucket, key))
  const source = copySource(storage, request)
  refuseTooLarge(source.size)
  const headers = copiedHeaders(source, request)
  const algorithm = algorithmOf(source, request)
  const digests = new Digests(['MD5', algorithm])
  const segment = await data.write(digests.through(data.read(source.segments, 0, source.size - 1)))
  const etag = digests.result('MD5').toString('hex')
  const checksum: Checksum | undefined = algorithm && {
    algorithm,
    type: 'FULL_OBJECT',
    value: digests.result(algorithm).toString('base64'),
  }
  const storageClass = storageClassOf(request.headers)
  const created = {
    bucket,
    key,
    size: segment.size,
    etag,
    headers,
    storageClass,
    checksum,
    segments: [segment],
  }
  const version = objects.publishOwn(created, condition, 'CopyObject', request)
  return xmlAnswer(
    xmlDocument(
      'CopyObjectResult',
      text('LastModified', new Date(version.lastModified).toISOString()),
      text('ETag', `"${etag}"`),
      ...(checksum === undefined
        ? []
        : [text(checksumElement(checksum.algorithm), checksum.value), text('ChecksumType', checksum.type)]),
    ),
  )
}

function copiedHeaders(source: ObjectVersion, request: S3Request): Readonly<Record<string, string>> {
  const directive = request.headers.get('x-amz-metadata-directive') ?? 'COPY'
  if (directive === 'REPLACE') return keptHeaders(request.headers)
  if (directive !== 'COPY')
    throw invalidArgument('x-amz-metadata-directive', directive, 'Give COPY or REPLACE.')
  const isItself = source.bucket === request.bucket && source.key === request.key
  if (isItself && storageClassOf(request.headers) === source.storageClass) {
    const message = 'Copying an object onto itself changes nothing. Give x-amz-metadata-directive: REPLACE.'
    throw new S3Error('InvalidRequest', message)
  }
  return source.headers
}

function algorithmOf(source: ObjectVersion, request: S3Request): ChecksumAlgorithm | undefined {
  const asked = request.headers.get('x-amz-checksum-algorithm')
  return asked === undefined ? source.checksum?.algorithm : parseChecksumAlgorithm(asked)
}

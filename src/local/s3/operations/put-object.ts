import { checksumHeaders } from '../checksum/checksums.ts'
import type { Storage } from '../store/storage.ts'
import type { S3Answer } from '../wire/answer.ts'
import { checkedBody } from '../wire/checked-body.ts'
import { writeCondition } from '../wire/conditions.ts'
import { keptHeaders, storageClassOf } from '../wire/object-headers.ts'
import { S3Error } from '../wire/s3-error.ts'
import type { S3Request } from '../wire/s3-request.ts'

const MAX_BYTES_AT_ONCE = 5 * 1024 ** 3

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export async function putObject({ objects, data }: Storage, request: S3Request): Promise<S3Answer> {
  const { bucket, key } = request
  const condition = writeCondition(request.headers)
  const headers = keptHeaders(request.headers)
  condition(objects.find(bucket, key)) // refused now, the body need not be stored first
  const body = checkedBody(request, 'MD5')
  refuseTooLarge(body.declared.size)
  const segment = await data.write(body.bytes)
  const etag = body.digests.result('MD5').toString('hex')
  const algorithm = body.declared.checksum?.algorithm
  const checksum =
    algorithm === undefined
      ? undefined
      : { algorithm, type: 'FULL_OBJECT' as const, value: body.digests.result(algorithm).toString('base64') }
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
  objects.publishOwn(created, condition, 'PutObject', request)
  return { status: 200, headers: { etag: `"${etag}"`, 'content-length': '0', ...checksumHeaders(checksum) } }
}

/** @throws S3Error EntityTooLarge beyond 5 GiB, the most S3 takes in one request */
export function refuseTooLarge(size: number): void {
  if (size <= MAX_BYTES_AT_ONCE) return
  const message = `The body has ${size} bytes, at most ${MAX_BYTES_AT_ONCE} go at once. Use a multipart upload.`
  throw new S3Error('EntityTooLarge', message, { ProposedSize: size, MaxSizeAllowed: MAX_BYTES_AT_ONCE })
}

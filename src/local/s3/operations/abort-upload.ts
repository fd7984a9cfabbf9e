import type { Storage } from '../store/storage.ts'
import type { S3Answer } from '../wire/answer.ts'
import type { S3Request } from '../wire/s3-request.ts'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export function abortUpload({ buckets, uploads }: Storage, { bucket, key, query }: S3Request): S3Answer {
  buckets.require(bucket)
  uploads.end(uploads.require(query.get('uploadId') ?? '', bucket, key))
  return { status: 204 }
}

import type { Storage } from '../store/storage.ts'
import type { S3Answer } from '../wire/answer.ts'
import { writeCondition } from '../wire/conditions.ts'
import type { S3Request } from '../wire/s3-request.ts'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export function deleteObject({ objects }: Storage, request: S3Request): S3Answer {
  objects.delete(request.bucket, request.key, writeCondition(request.headers), request)
  return { status: 204 }
}

import type { ObjectVersion } from '../store/object-version.ts'
import type { Storage } from '../store/storage.ts'
import { checkSourceConditions } from '../wire/conditions.ts'
import { percentDecode } from '../wire/percent.ts'
import { refuseVersion } from '../wire/refusals.ts'
import { invalidArgument } from '../wire/s3-error.ts'
import type { S3Request } from '../wire/s3-request.ts'

/**
 * The object that `x-amz-copy-source` names: `bucket/key` or `/bucket/key`, percent-encoded, if its conditions hold.
 *
 * @throws S3Error InvalidArgument, NoSuchBucket, NoSuchKey, NoSuchVersion, PreconditionFailed
 */
export function copySource({ objects }: Storage, { headers }: S3Request): ObjectVersion {
  const header = headers.get('x-amz-copy-source') ?? ''
  const [, path = '', versionId] = /^([^?]*)(?:\?versionId=(.*))?$/.exec(header) ?? []
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(percentDecode(path)) ?? []
  if (bucket === undefined || key === undefined || bucket.startsWith('arn:')) {
    throw invalidArgument('x-amz-copy-source', header, 'Give it as bucket/key, percent-encoded.')
  }
  refuseVersion(versionId)
  const source = objects.require(bucket, key)
  checkSourceConditions(headers, source)
  return source
}

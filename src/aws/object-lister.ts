import { HeadObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import type { ClientTarget } from './client-target.ts'
import { decodedKey, KEYS_ENCODED } from './listed-key.ts'

/** An object as a listing tells of it. */
export interface ListedObject {
  readonly bucket: string
  readonly key: string
  readonly size: number
  /** Without quotes, as in events. */
  readonly etag: string
  /** Milliseconds. */
  readonly modifiedAt: number
}

export interface ObjectLister {
  list(bucket: string, prefix: string): AsyncGenerator<ListedObject>
  /** Undefined where the bucket has no versions. */
  versionOf(object: ListedObject): Promise<string | undefined>
}

export function createObjectLister(target: ClientTarget): ObjectLister {
  const client = new S3Client({ ...target, ...(target.endpoint !== undefined && { forcePathStyle: true }) })
  return {
    async *list(bucket, prefix) {
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: prefix, ...KEYS_ENCODED },
      )) {
        for (const { Key, Size = 0, ETag = '', LastModified } of Contents) {
          if (Key === undefined) continue
          yield {
            bucket,
            key: decodedKey(Key),
            size: Size,
            etag: ETag.replaceAll('"', ''),
            modifiedAt: LastModified?.getTime() ?? 0,
          }
        }
      }
    },

    async versionOf({ bucket, key }) {
      const { VersionId } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
      // What was uploaded before the bucket had versions has the version "null".
      return VersionId === 'null' ? undefined : VersionId
    },
  }
}

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { BatchwiseError } from '../core/errors.ts'
import type { ObjectPort } from '../ports.ts'
import type { ClientTarget } from './client-target.ts'

/** Small objects that Batchwise writes itself, by S3. */
export function createObjects(target: ClientTarget): ObjectPort {
  const client = new S3Client({ ...target, ...(target.endpoint !== undefined && { forcePathStyle: true }) })
  return {
    async put(uri, body) {
      const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? []
      if (bucket === undefined || key === undefined) {
        throw new BatchwiseError('E_INTERNAL', `"${uri}" is not the URI of an object.`)
      }
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }))
    },
  }
}

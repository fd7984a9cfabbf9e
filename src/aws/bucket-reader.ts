import { GetBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3'
import type { ClientTarget } from './client-target.ts'

export interface BucketReader {
  /** Whether the bucket tells EventBridge of its objects; undefined if there is no such bucket. */
  sendsEvents(bucket: string): Promise<boolean | undefined>
}

export function createBucketReader(target: ClientTarget): BucketReader {
  const client = new S3Client({ ...target, maxAttempts: 4, followRegionRedirects: true })
  return {
    async sendsEvents(Bucket) {
      try {
        const { EventBridgeConfiguration } = await client.send(
          new GetBucketNotificationConfigurationCommand({ Bucket }),
        )
        return EventBridgeConfiguration !== undefined
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchBucket') return undefined
        throw error
      }
    },
  }
}

import type { Checksum } from '../checksum/checksums.ts'
import type { Segment } from './data-files.ts'

/** One object as it was put, whole; an overwrite makes a new one. */
export interface ObjectVersion {
  readonly bucket: string
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** Without quotes: the MD5, or `md5-N` of the parts' MD5s after a multipart upload. */
  readonly etag: string
  /** Milliseconds, whole seconds: HTTP dates know no more. */
  readonly lastModified: number
  /** The headers that come back with the object: content type and the like, and `x-amz-meta-*`. */
  readonly headers: Readonly<Record<string, string>>
  readonly storageClass: string
  readonly checksum?: Checksum | undefined
  /** In order; after a multipart upload one for each part. */
  readonly segments: readonly Segment[]
  /** The multipart upload it came from. */
  readonly uploadId?: string | undefined
}

/** What a new version is made of; the store adds the time. */
export type NewVersion = Omit<ObjectVersion, 'lastModified'>

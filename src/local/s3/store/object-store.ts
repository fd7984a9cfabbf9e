import { createHash } from 'node:crypto'
import type { Now } from '../../wire/face.ts'
import type { WriteCondition } from '../wire/conditions.ts'
import { noSuchKey } from '../wire/s3-error.ts'
import type { BucketStore } from './bucket-store.ts'
import type { DataFiles } from './data-files.ts'
import { KeyIndex } from './key-index.ts'
import { readMetadata, removeMetadata, writeMetadata } from './metadata-file.ts'
import type { CreatedReason, ObjectEvents, Origin } from './object-event.ts'
import type { NewVersion, ObjectVersion } from './object-version.ts'

export interface ObjectStoreOptions {
  readonly folder: string
  readonly buckets: BucketStore
  readonly data: DataFiles
  readonly events: ObjectEvents
  readonly now: Now
}

/**
 * The objects: one metadata file each, named by a hash of bucket and key, and an index of them in memory.
 *
 * A change is one synchronous turn: condition, file, index, event. Between them nothing else runs, so nobody sees
 * half of it, and kill -9 leaves the old object or the new one, whole. It is not synced: a power failure may undo it.
 */
export class ObjectStore {
  readonly #options: ObjectStoreOptions
  readonly #byBucket = new Map<string, KeyIndex<ObjectVersion>>()

  constructor(options: ObjectStoreOptions) {
    this.#options = options
    const stored = [...readMetadata(options.folder).values()] as ObjectVersion[]
    for (const [bucket, versions] of Map.groupBy(stored, version => version.bucket)) {
      this.#byBucket.set(bucket, new KeyIndex(versions.map(version => [version.key, version] as const)))
    }
  }

  /** The files that objects are made of. */
  *files(): Generator<string> {
    for (const index of this.#byBucket.values()) {
      for (const version of index.values()) for (const { file } of version.segments) yield file
    }
  }

  /** The bucket's objects, in order. @throws S3Error NoSuchBucket */
  index(bucket: string): KeyIndex<ObjectVersion> {
    this.#options.buckets.require(bucket)
    const index = this.#byBucket.get(bucket) ?? new KeyIndex<ObjectVersion>()
    this.#byBucket.set(bucket, index)
    return index
  }

  /** @throws S3Error NoSuchBucket */
  find(bucket: string, key: string): ObjectVersion | undefined {
    return this.index(bucket).get(key)
  }

  /** @throws S3Error NoSuchBucket, NoSuchKey */
  require(bucket: string, key: string): ObjectVersion {
    const version = this.find(bucket, key)
    if (version === undefined) throw noSuchKey(key)
    return version
  }

  /**
   * Puts an object in place of what is there and emits `Object Created`.
   *
   * @throws S3Error NoSuchBucket, and what the condition throws
   */
  publish(
    created: NewVersion,
    condition: WriteCondition,
    reason: CreatedReason,
    origin: Origin,
  ): ObjectVersion {
    const { folder, events, now } = this.#options
    const version = { ...created, lastModified: Math.floor(now() / 1000) * 1000 }
    const index = this.index(version.bucket)
    const replaced = index.get(version.key)
    condition(replaced)
    writeMetadata(folder, hashOf(version.bucket, version.key), version)
    index.set(version.key, version)
    events.created(version, reason, origin)
    this.#release(replaced)
    return version
  }

  /**
   * As `publish`, for bytes that were written for this object alone: refused, they are given up.
   *
   * @throws S3Error NoSuchBucket, and what the condition throws
   */
  publishOwn(
    created: NewVersion,
    condition: WriteCondition,
    reason: CreatedReason,
    origin: Origin,
  ): ObjectVersion {
    try {
      return this.publish(created, condition, reason, origin)
    } catch (error) {
      const present = this.#byBucket.get(created.bucket)?.get(created.key)
      if (present?.segments !== created.segments) this.#options.data.release(created.segments)
      throw error
    }
  }

  /**
   * Deletes an object and emits `Object Deleted`; if there is none it does nothing, as S3 has it.
   *
   * @throws S3Error NoSuchBucket, and what the condition throws
   */
  delete(bucket: string, key: string, condition: WriteCondition, origin: Origin): void {
    const { folder, events } = this.#options
    const index = this.index(bucket)
    const deleted = index.get(key)
    condition(deleted)
    if (deleted === undefined) return
    removeMetadata(folder, hashOf(bucket, key))
    index.delete(key)
    events.deleted(bucket, key, origin)
    this.#release(deleted)
  }

  #release(version: ObjectVersion | undefined): void {
    if (version !== undefined) this.#options.data.release(version.segments)
  }
}

function hashOf(bucket: string, key: string): string {
  return createHash('sha256').update(`${bucket}\n${key}`).digest('hex')
}

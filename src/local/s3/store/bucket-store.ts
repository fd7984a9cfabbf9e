import type { Now } from '../../wire/face.ts'
import { noSuchBucket, S3Error } from '../wire/s3-error.ts'
import { readMetadata, removeMetadata, writeMetadata } from './metadata-file.ts'

export interface Bucket {
  readonly name: string
  /** Milliseconds, whole seconds. */
  readonly createdAt: number
}

const NAME = /^(?=.{3,63}$)[a-z0-9](?:[a-z0-9-]|\.(?!\.))*[a-z0-9]$/
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/
const RESERVED = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/

/** The buckets that exist: one file each, under the bucket's name, which can name nothing else. */
export class BucketStore {
  readonly #folder: string
  readonly #now: Now
  readonly #buckets: Map<string, Bucket>

  constructor(folder: string, now: Now) {
    this.#folder = folder
    this.#now = now
    this.#buckets = new Map(readMetadata(folder) as ReadonlyMap<string, Bucket>)
  }

  all(): readonly Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  has(name: string): boolean {
    return this.#buckets.has(name)
  }

  /** @throws S3Error NoSuchBucket, or InvalidBucketName for what can be none */
  require(name: string): void {
    if (this.#buckets.has(name)) return
    checkBucketName(name)
    throw noSuchBucket(name)
  }

  /** @throws S3Error InvalidBucketName */
  create(name: string): void {
    checkBucketName(name)
    const bucket = { name, createdAt: Math.floor(this.#now() / 1000) * 1000 }
    writeMetadata(this.#folder, name, bucket)
    this.#buckets.set(name, bucket)
  }

  delete(name: string): void {
    removeMetadata(this.#folder, name)
    this.#buckets.delete(name)
  }
}

/**
 * @throws S3Error InvalidBucketName
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function checkBucketName(name: string): void {
  if (NAME.test(name) && !IPV4.test(name) && !RESERVED.test(name)) return
  const rule = 'Use 3 to 63 of a-z, 0-9, "." and "-", a letter or digit at both ends.'
  const message = `"${name.slice(0, 80)}" is no bucket name. ${rule}`
  throw new S3Error('InvalidBucketName', message, { BucketName: name })
}

import { InvalidArgumentError } from 'commander'

/** Where an object is. */
export interface ObjectPlace {
  readonly bucket: string
  /** Raw, nothing decoded. */
  readonly key: string
}

/** Reads `s3://bucket/key`, as `--object` takes it. */
export function objectOf(text: string): ObjectPlace {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(text) ?? []
  if (bucket === undefined || key === undefined) {
    throw new InvalidArgumentError('Write it as s3://bucket/key.')
  }
  return { bucket, key }
}

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { LocalAws } from '../../local/local-aws.ts'

const RECORDS = 3_000
/** The hour in which Firehose would have closed the file; the day is the generator's. */
const KEY = 'raw/2026/03/02/20/access-points.json'

interface Generator {
  generate(options: { readonly seed: number; readonly records: number }): Iterable<string>
}

/** Uploads one file of the example, as Kinesis Data Firehose delivers it: that starts a run. */
export async function feedExample({ target, stack }: LocalAws, root: string): Promise<void> {
  const path = join(root, 'examples', 'access-points', 'generate.mjs')
  const { generate } = (await import(pathToFileURL(path).href)) as Generator
  const lines = [...generate({ seed: 1, records: RECORDS })].map(line => `${line}\n`)
  const client = new S3Client({ ...target, forcePathStyle: true })
  try {
    await client.send(new PutObjectCommand({ Bucket: stack['inputBucket'], Key: KEY, Body: lines.join('') }))
  } finally {
    client.destroy()
  }
}

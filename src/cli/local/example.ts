import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { BatchwiseError } from '../../core/errors.ts'
import { matchObject } from '../../core/workflow/match-trigger.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import type { LocalAws } from '../../local/local-aws.ts'

const RECORDS = 3_000
/** The hour in which Firehose would have closed the file; the day is the generator's. */
const KEY = 'raw/2026/03/02/20/access-points.json'

interface Generator {
  generate(options: { readonly seed: number; readonly records: number }): Iterable<string>
}

/** The workflows, resolved, that a file of the example starts. */
export function takersOfExample(workflows: readonly Workflow[], bucket: string): readonly string[] {
  return matchObject(workflows, { bucket, key: KEY, size: RECORDS }).map(({ workflow }) => workflow.name)
}

/** Nothing would come of the example, and `--once` would wait for ever. */
export function noTaker(folder: string, bucket: string): BatchwiseError {
  return new BatchwiseError(
    'E_USAGE',
    `No workflow in ${folder} takes the example's file s3://${bucket}/${KEY}, so there is nothing to wait for. ` +
      'Leave --example and --once out, or give a workflow whose object trigger takes it, as workflows/access-points.yaml does.',
  )
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

import { createWriteStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'
import type { AwsEvent } from '../aws-event.ts'

export interface ResultsOptions {
  readonly folder: string
  readonly bucket: string
  readonly client: S3Client
  readonly onProblem: (path: string, problem: string) => void
}

export interface Results {
  /** Told of every event; objects written to the output bucket are copied out. */
  readonly onEvent: (event: AwsEvent) => void
  /** Copies out what is not there: what was written while nobody copied, or when the process was killed. */
  readonly catchUp: () => void
  /** Settles when everything seen so far has been copied. */
  readonly idle: () => Promise<void>
}

/**
 * Keeps a folder like the output bucket, one file per object, each replaced as a whole. Keys that are no safe path (`..`,
 * control characters, over-long names) are left in the bucket.
 */
export function exportResults(options: ResultsOptions): Results {
  let last: Promise<void> = Promise.resolve()
  const enqueue = (task: () => Promise<void>) => {
    last = last.then(task)
  }
  return {
    onEvent(event) {
      const key = createdKey(event, options.bucket)
      if (key === undefined) return
      if (isSafePath(key)) enqueue(() => copy(options, key))
      else options.onProblem(key, 'its key is no path of a file; it stays in the bucket')
    },
    catchUp: () => enqueue(() => copyMissing(options)),
    idle: async () => {
      for (let seen: unknown; seen !== last; ) {
        seen = last
        await last
      }
    },
  }
}

function createdKey(event: AwsEvent, bucket: string): string | undefined {
  if (event['detail-type'] !== 'Object Created') return undefined
  const { bucket: from, object } = event.detail as { bucket?: { name?: string }; object?: { key?: string } }
  return from?.name === bucket ? object?.key : undefined
}

const MAX_NAME_BYTES = 200

function isSafePath(key: string): boolean {
  return key.split('/').every(name => {
    return (
      name !== '' &&
      name !== '.' &&
      name !== '..' &&
      Buffer.byteLength(name) <= MAX_NAME_BYTES &&
      !/[\p{Cc}\\]/u.test(name)
    )
  })
}

async function copyMissing(options: ResultsOptions): Promise<void> {
  const { client, bucket, folder, onProblem } = options
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
      for (const { Key: key = '', Size: size, LastModified: written } of Contents) {
        if (!isSafePath(key)) continue
        const file = await stat(join(folder, ...key.split('/'))).catch(() => undefined) // not there: it is missing
        const isCopied = file?.size === size && (written?.getTime() ?? 0) <= (file?.mtimeMs ?? 0)
        if (!isCopied) await copy(options, key)
      }
    }
  } catch (error) {
    onProblem(folder, error instanceof Error ? error.message : String(error))
  }
}

async function copy({ client, bucket, folder, onProblem }: ResultsOptions, key: string): Promise<void> {
  const path = join(folder, ...key.split('/'))
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    await mkdir(dirname(path), { recursive: true })
    await pipeline(Body as Readable, createWriteStream(`${path}.part`))
    await rename(`${path}.part`, path)
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return // deleted meanwhile
    onProblem(path, error instanceof Error ? error.message : String(error))
  }
}

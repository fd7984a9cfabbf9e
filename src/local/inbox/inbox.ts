import { createReadStream, type FSWatcher, mkdirSync, readdirSync, type Stats, watch } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { BatchwiseError } from '../../core/errors.ts'
import { type InboxFile, scanInbox } from './scan.ts'

export interface InboxOptions {
  readonly folder: string
  readonly bucket: string
  readonly client: S3Client
  readonly onUpload: (key: string) => void
  /** A file that could not be uploaded; it is tried again when it changes. */
  readonly onProblem: (path: string, problem: string) => void
}

/** A file is taken for whole when it did not change for so long, in milliseconds. */
const STILL_FOR = 500
/** What changed while nobody watched, or was not reported, is found by looking, in milliseconds. */
const LOOK_EVERY = 2_000
/** Kept with the object, so that a restart does not upload the same file again. */
const FINGERPRINT = 'batchwise-inbox'

/**
 * Uploads files that are put into a folder: `inbox/PATH` becomes `s3://BUCKET/PATH` once it has not changed for half a
 * second. Dot files, `.part` files and symbolic links are left alone. A file is uploaded again only if it changes.
 *
 * @returns what stops it
 * @throws BatchwiseError E_INBOX
 */
export function watchInbox(options: InboxOptions): () => Promise<void> {
  makeFolder(options.folder)
  const inbox = new Inbox(options)
  let stopped = false
  let wake: () => void = () => {}
  const watcher = watchFolder(options, () => wake())
  const loop = run()
  return async () => {
    stopped = true
    watcher?.close()
    wake()
    await loop
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const unsettled = await inbox.look(() => stopped)
      if (stopped) return
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, unsettled ? STILL_FOR / 2 : LOOK_EVERY)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    readdirSync(folder)
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    const mend = 'Choose another with --inbox.'
    throw new BatchwiseError('E_INBOX', `The inbox ${folder} cannot be used: ${problem}. ${mend}`, { cause })
  }
}

function watchFolder({ folder }: InboxOptions, onChange: () => void): FSWatcher | undefined {
  try {
    return watch(folder, { recursive: true }, onChange).on('error', () => {}) // looking every 2 s goes on
  } catch {
    return undefined // no watches left on this machine: looking every 2 s is enough
  }
}

interface Seen {
  readonly fingerprint: string
  /** `performance.now()` of the first look that saw it so. */
  readonly since: number
}

class Inbox {
  readonly #options: InboxOptions
  #seen = new Map<string, Seen>()
  readonly #done = new Map<string, string>()
  readonly #told = new Set<string>()

  constructor(options: InboxOptions) {
    this.#options = options
  }

  /** Uploads what has come to rest. Never rejects. @returns whether a file may still be growing */
  async look(isStopped: () => boolean): Promise<boolean> {
    let unsettled = false
    const seen = new Map<string, Seen>()
    for (const file of await this.#scan()) {
      const fingerprint = fingerprintOf(file.stats)
      if (this.#done.get(file.key) === fingerprint || isStopped()) continue
      const before = this.#seen.get(file.key)
      const since = before?.fingerprint === fingerprint ? before.since : performance.now()
      seen.set(file.key, { fingerprint, since })
      if (performance.now() - since < STILL_FOR || !(await isAs(file.path, fingerprint))) unsettled = true
      else await this.#upload(file, fingerprint)
    }
    this.#seen = seen
    return unsettled
  }

  async #scan(): Promise<readonly InboxFile[]> {
    const { folder, onProblem } = this.#options
    try {
      return await scanInbox(folder, name => this.#tellOnce(name, 'its name is not UTF-8, and no key can be'))
    } catch (error) {
      onProblem(folder, messageOf(error))
      return []
    }
  }

  #tellOnce(path: string, problem: string): void {
    if (this.#told.has(path)) return
    this.#told.add(path)
    this.#options.onProblem(path, problem)
  }

  async #upload({ key, path, stats }: InboxFile, fingerprint: string): Promise<void> {
    const { client, bucket, onUpload, onProblem } = this.#options
    this.#done.set(key, fingerprint)
    try {
      if ((await uploadedAs(client, bucket, key)) === fingerprint) return
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: createReadStream(path, { end: Math.max(0, stats.size - 1) }),
          ContentLength: stats.size,
          Metadata: { [FINGERPRINT]: fingerprint },
        }),
      )
      onUpload(key)
    } catch (error) {
      onProblem(path, messageOf(error))
    }
  }
}

const fingerprintOf = ({ size, mtimeMs }: Stats): string => `${size}-${mtimeMs}`

/** Earlier uploads of the same look may have taken long: the file is looked at once more, right before its own. */
async function isAs(path: string, fingerprint: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined) // taken away meanwhile
  return stats !== undefined && fingerprintOf(stats) === fingerprint
}

async function uploadedAs(client: S3Client, bucket: string, key: string): Promise<string | undefined> {
  try {
    return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).Metadata?.[FINGERPRINT]
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFound') return undefined
    throw error
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

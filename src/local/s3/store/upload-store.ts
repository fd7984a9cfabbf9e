import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChecksumAlgorithm, ChecksumType } from '../checksum/checksums.ts'
import { noSuchUpload } from '../wire/s3-error.ts'
import type { DataFiles, Segment } from './data-files.ts'
import { readMetadata, removeMetadata, writeMetadata } from './metadata-file.ts'

/** A multipart upload in progress. */
export interface Upload {
  readonly uploadId: string
  readonly bucket: string
  readonly key: string
  /** Milliseconds. */
  readonly initiatedAt: number
  readonly headers: Readonly<Record<string, string>>
  readonly storageClass: string
  readonly checksum?: UploadChecksum | undefined
}

/** The checksum the whole object is to have. */
export interface UploadChecksum {
  readonly algorithm: ChecksumAlgorithm
  readonly type: ChecksumType
}

export interface Part {
  readonly number: number
  readonly segment: Segment
  /** Hexadecimal MD5. */
  readonly etag: string
  /** Base64, in the upload's algorithm. */
  readonly checksum?: string | undefined
  /** Milliseconds, whole seconds. */
  readonly lastModified: number
}

interface OpenUpload {
  readonly upload: Upload
  readonly parts: Map<number, Part>
}

/** An upload's own file; the parts' files are named by their numbers. */
const UPLOAD = 'upload'

/** The multipart uploads in progress: a folder each, with a metadata file for the upload and one for each part. */
export class UploadStore {
  readonly #folder: string
  readonly #data: DataFiles
  readonly #uploads = new Map<string, OpenUpload>()

  /** @param published the files that objects are made of: an upload that has one was completed just before a kill */
  constructor(folder: string, data: DataFiles, published: ReadonlySet<string>) {
    this.#folder = folder
    this.#data = data
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const uploadId of readdirSync(folder)) {
      const open = readUpload(join(folder, uploadId))
      const isOver =
        open === undefined || [...open.parts.values()].some(part => published.has(part.segment.file))
      if (isOver) rmSync(join(folder, uploadId), { recursive: true, force: true })
      else this.#uploads.set(uploadId, open)
    }
  }

  /** The files that parts are made of. */
  *files(): Generator<string> {
    for (const { parts } of this.#uploads.values())
      for (const { segment } of parts.values()) yield segment.file
  }

  create(upload: Omit<Upload, 'uploadId'>): Upload {
    const created = { ...upload, uploadId: randomBytes(24).toString('base64url') }
    const folder = this.#folderOf(created.uploadId)
    mkdirSync(folder, { mode: 0o700 })
    writeMetadata(folder, UPLOAD, created)
    this.#uploads.set(created.uploadId, { upload: created, parts: new Map() })
    return created
  }

  /** @throws S3Error NoSuchUpload, also for another bucket's or key's upload */
  require(uploadId: string, bucket: string, key: string): Upload {
    const upload = this.#uploads.get(uploadId)?.upload
    if (upload === undefined || upload.bucket !== bucket || upload.key !== key) throw noSuchUpload(uploadId)
    return upload
  }

  /** The parts so far, by number. */
  parts(uploadId: string): readonly Part[] {
    return [...(this.#uploads.get(uploadId)?.parts.values() ?? [])].sort((a, b) => a.number - b.number)
  }

  /** The bucket's uploads, in no order. */
  ofBucket(bucket: string): readonly Upload[] {
    return [...this.#uploads.values()].map(({ upload }) => upload).filter(upload => upload.bucket === bucket)
  }

  /** Adds a part, in place of one of the same number. @throws S3Error NoSuchUpload if the upload has ended meanwhile */
  addPart({ uploadId }: Upload, part: Part): void {
    const open = this.#uploads.get(uploadId)
    if (open === undefined) {
      this.#data.release([part.segment])
      throw noSuchUpload(uploadId)
    }
    const replaced = open.parts.get(part.number)
    writeMetadata(this.#folderOf(uploadId), String(part.number), part)
    open.parts.set(part.number, part)
    if (replaced !== undefined) this.#data.release([replaced.segment])
  }

  /** Ends an upload. All bytes are given up but those that an object was made of. */
  end({ uploadId }: Upload, published: readonly Segment[] = []): void {
    const kept = new Set(published.map(({ file }) => file))
    const given = this.parts(uploadId).filter(({ segment }) => !kept.has(segment.file))
    const folder = this.#folderOf(uploadId)
    removeMetadata(folder, UPLOAD)
    this.#uploads.delete(uploadId)
    this.#data.release(given.map(({ segment }) => segment))
    // Not waited for, and a failure is no harm: without its own file the upload is over, the rest goes at next start.
    rm(folder, { recursive: true, force: true }).catch(() => {})
  }

  #folderOf(uploadId: string): string {
    return join(this.#folder, uploadId)
  }
}

function readUpload(folder: string): OpenUpload | undefined {
  const { [UPLOAD]: upload, ...parts } = Object.fromEntries(readMetadata(folder))
  if (upload === undefined) return undefined
  const byNumber = Object.entries(parts).map(([number, part]) => [Number(number), part as Part] as const)
  return { upload: upload as Upload, parts: new Map(byNumber) }
}

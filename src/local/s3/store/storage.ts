import { join } from 'node:path'
import type { EmitEvent } from '../../aws-event.ts'
import type { Identity, Now } from '../../wire/face.ts'
import { BucketStore } from './bucket-store.ts'
import { DataFiles } from './data-files.ts'
import { ObjectEvents } from './object-event.ts'
import { ObjectStore } from './object-store.ts'
import { Sequencer } from './sequencer.ts'
import { UploadStore } from './upload-store.ts'

export interface StorageOptions {
  readonly folder: string
  readonly identity: Identity
  readonly now: Now
  readonly emit: EmitEvent
}

/** All that an operation works on. */
export interface Storage {
  readonly identity: Identity
  readonly now: Now
  readonly buckets: BucketStore
  readonly objects: ObjectStore
  readonly uploads: UploadStore
  readonly data: DataFiles
}

/** Opens the data folder: reads all metadata and removes the bytes nothing refers to. */
export function openStorage({ folder, identity, now, emit }: StorageOptions): Storage {
  const buckets = new BucketStore(join(folder, 'buckets'), now)
  const data = new DataFiles(join(folder, 'data'))
  const sequencer = new Sequencer(join(folder, 'sequencer'), now)
  const events = new ObjectEvents({ identity, now, emit, sequencer })
  const objects = new ObjectStore({ folder: join(folder, 'objects'), buckets, data, events, now })
  const published = new Set(objects.files())
  const uploads = new UploadStore(join(folder, 'uploads'), data, published)
  data.removeAllBut(new Set([...published, ...uploads.files()]))
  return { identity, now, buckets, objects, uploads, data }
}

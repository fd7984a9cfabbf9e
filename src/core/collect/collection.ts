import { createHash } from 'node:crypto'
import type { ObjectCreated } from '../event/object-created.ts'
import { lookUpsOf, render } from '../workflow/look-up.ts'
import type { Collect, ObjectTrigger } from '../workflow/workflow.ts'

/** The part of a run that gathers a set of objects before it begins. Times in milliseconds. */
export interface Collection {
  /** Place of the trigger in the run's workflow. */
  readonly trigger: number
  /** What the objects have in common. */
  readonly by: string
  /** 1; a set that is opened again for late members has the next one. */
  readonly generation: number
  /** `open` takes members; `closing` decides who is one; `closed` has its manifest. */
  readonly state: 'open' | 'closing' | 'closed'
  /** The last member came then. */
  readonly lastAt: number
  /** All that was waited for is there. */
  readonly complete?: boolean
  /** Key of the object that lists what is waited for. */
  readonly manifest?: string
  /** Which arrival was the last, and which the last when the manifest was looked at: another one asks for another look. */
  readonly arrival?: string
  readonly checked?: string
  /** Objects that the manifest lists. */
  readonly expected?: number
  /** Who closes the set holds it until then. */
  readonly claimedUntil?: number
}

/** One object of a set. */
export interface Member {
  readonly bucket: string
  readonly key: string
  /** Bytes. */
  readonly size: number
  readonly etag?: string
  /** Version, sequencer or content: what a delivery of the same upload has too. */
  readonly version: string
  /** Decided once: part of the set's manifest, or too late for it. */
  readonly fate?: 'taken' | 'late'
}

/** The value by which an object belongs to a set: the `by` of the trigger with the object's captures. */
export function setOf(
  { bucket, collect }: ObjectTrigger,
  captures: Readonly<Record<string, string>>,
): string | undefined {
  return collect && render(collect.by, { trigger: { ...captures, bucket } })
}

/** Names of `trigger` that all members of a set share. */
export function sharedNames({ by }: Pick<Collect, 'by'>): readonly string[] {
  return lookUpsOf(by)
    .filter(({ path }) => path[0] === 'trigger')
    .map(({ path }) => path.slice(1).join('.'))
}

/** What a set is of: another bucket, key or `by` is another trigger, another place in the file is not. */
export function triggerText({ bucket, key, collect }: ObjectTrigger): string {
  return JSON.stringify([bucket, key, collect?.by])
}

export function memberOf({ bucket, key, size, etag, versionId, sequencer }: ObjectCreated): Member {
  const version = versionId ?? sequencer?.toUpperCase() ?? etag ?? ''
  return { bucket, key, size, version, ...(etag !== undefined && { etag }) }
}

/** The manifest: a line of JSON for each member, in the order of their keys. */
export function manifestOf(members: readonly Member[]): string {
  return members
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ bucket, key, size, etag }) => ({ uri: `s3://${bucket}/${key}`, bucket, key, size, etag }))
    .map(line => `${JSON.stringify(line)}\n`)
    .join('')
}

/** Keys may be as long as a key of the table may be, and hold anything. */
export function memberHash(key: string): string {
  return hashOf(key).slice(0, 40)
}

export function contentHash(manifest: string): string {
  return hashOf(manifest).slice(0, 16)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

import { itemsOfLines } from '../run/items.ts'
import { parseKeyPattern } from '../workflow/key-pattern.ts'
import { matchKey } from '../workflow/match-key.ts'
import type { ObjectTrigger } from '../workflow/workflow.ts'
import { setOf } from './collection.ts'

/** Bytes of a manifest, and what it may list. */
export const MAX_SET_MANIFEST_BYTES = 16 * 1024 * 1024
const MOST_LISTED = 10_000
/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const LONGEST_KEY = 1024

/** An object that a manifest lists. */
export interface ListedMember {
  readonly bucket: string
  readonly key: string
}

/** What a manifest lists, each object once; or why it is none. */
export type SetManifest =
  | { readonly type: 'listed'; readonly objects: readonly ListedMember[] }
  | { readonly type: 'unusable'; readonly reason: string }

/**
 * Reads the manifest of a set: a JSON array, or lines, of keys and URIs. The bucket of a key is that of the manifest, which
 * may list itself.
 */
export function parseSetManifest(text: string, own: ListedMember): SetManifest {
  const entries = entriesOf(text)
  if (entries === undefined) return unusable('it begins like a JSON array of texts, and is none')
  const listed = new Map<string, ListedMember>()
  for (const [index, entry] of entries.entries()) {
    const object = objectNamed(entry, own.bucket)
    if (object === undefined) return unusable(`its entry ${index + 1} is no key and no URI of an object`)
    if (object.bucket !== own.bucket || object.key !== own.key) listed.set(uriOf(object), object)
  }
  if (listed.size === 0) return unusable('it lists nothing')
  if (listed.size > MOST_LISTED)
    return unusable(`it lists ${listed.size} objects, and ${MOST_LISTED} are the most`)
  return { type: 'listed', objects: [...listed.values()] }
}

function unusable(reason: string): SetManifest {
  return { type: 'unusable', reason }
}

/** A key may begin with `[`, but hardly with `["`. */
function entriesOf(text: string): readonly string[] | undefined {
  if (/^\s*\[\s*["\]]/.test(text)) return jsonTexts(text)
  return itemsOfLines(text).map(item => {
    const value = JSON.parse(item) as string | { readonly uri: string }
    return typeof value === 'string' ? value : value.uri
  })
}

function jsonTexts(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(entry => typeof entry === 'string') ? value : undefined
  } catch {
    return undefined // told as what is wrong with it
  }
}

function objectNamed(entry: string, bucket: string): ListedMember | undefined {
  const [, named, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(entry) ?? []
  const object = entry.startsWith('s3://') ? { bucket: named ?? '', key: key ?? '' } : { bucket, key: entry }
  const bytes = Buffer.byteLength(object.key)
  return bytes >= 1 && bytes <= LONGEST_KEY ? object : undefined
}

/** Those that did not come yet. */
export function missingOf(
  listed: readonly ListedMember[],
  members: readonly ListedMember[],
): readonly ListedMember[] {
  const there = new Set(members.map(uriOf))
  return listed.filter(object => !there.has(uriOf(object)))
}

/** Whether the trigger takes such an object for this set; what it does not take is missing for ever. */
export function mayCome(trigger: ObjectTrigger, by: string, { bucket, key }: ListedMember): boolean {
  const captures = bucket === trigger.bucket ? matchKey(parseKeyPattern(trigger.key), key) : undefined
  return captures !== undefined && setOf(trigger, captures) === by
}

export function uriOf({ bucket, key }: ListedMember): string {
  return `s3://${bucket}/${key}`
}

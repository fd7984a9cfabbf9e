import type { KeyIndex } from './key-index.ts'

export interface ListingQuery {
  readonly prefix: string
  /** Empty for none. */
  readonly delimiter: string
  /** The listing begins behind this key or common prefix; empty for the beginning. */
  readonly after: string
  /** The most keys and common prefixes, counted together. */
  readonly limit: number
}

export interface KeyListing {
  readonly keys: readonly string[]
  readonly commonPrefixes: readonly string[]
  /** The last key or common prefix listed, if there are more behind it. */
  readonly next: string | undefined
}

/**
 * One page of a bucket's keys. Keys that have the delimiter behind the prefix are rolled up into one common prefix,
 * which counts as one entry.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function listKeys(index: KeyIndex<unknown>, query: ListingQuery): KeyListing {
  const keys: string[] = []
  const commonPrefixes: string[] = []
  let last = ''
  let position = startOf(index, query)
  for (let key = index.keyAt(position); key?.startsWith(query.prefix) === true; key = index.keyAt(position)) {
    if (keys.length + commonPrefixes.length >= query.limit) {
      return { keys, commonPrefixes, next: query.limit > 0 ? last : undefined }
    }
    const rolledUp = commonPrefix(key, query)
    if (rolledUp === undefined) keys.push(key)
    else commonPrefixes.push(rolledUp)
    last = rolledUp ?? key
    position = rolledUp === undefined ? position + 1 : index.firstBeyond(rolledUp)
  }
  return { keys, commonPrefixes, next: undefined }
}

function startOf(index: KeyIndex<unknown>, query: ListingQuery): number {
  const first = index.firstAtLeast(query.prefix)
  if (query.after === '') return first
  // A page that ended with a common prefix goes on behind all that is rolled up in it.
  const wasRolledUp = query.after.startsWith(query.prefix) && commonPrefix(query.after, query) === query.after
  return Math.max(first, wasRolledUp ? index.firstBeyond(query.after) : index.firstAfter(query.after))
}

function commonPrefix(key: string, { prefix, delimiter }: ListingQuery): string | undefined {
  if (delimiter === '') return undefined
  const end = key.indexOf(delimiter, prefix.length)
  return end < 0 ? undefined : key.slice(0, end + delimiter.length)
}

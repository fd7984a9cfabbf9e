import { BatchwiseError } from '../errors.ts'

/** Children of an array. @see https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html */
export const MAX_ITEMS = 10_000
/** Of a file of lines: a wave of submissions reads sixteen at once, in the memory of one function. */
export const MAX_LINES_BYTES = 4 * 1024 * 1024
/** Of a manifest: JSON makes texts longer. */
export const MAX_MANIFEST_BYTES = 8 * MAX_LINES_BYTES
/** Items up to this size also travel in BATCHWISE_ITEMS, for images without an S3 client. */
const MAX_LISTED_BYTES = 2_048

/** One child's item, as its line of the manifest has it: a text, or an object, in JSON. */
export type Item = string

/** An object of a bucket that is an item. */
export interface ItemObject {
  readonly bucket: string
  readonly key: string
  /** Bytes. */
  readonly size: number
  readonly etag: string
}

export function textItem(text: string): Item {
  return JSON.stringify(text)
}

/**
 * The items of a file: its lines, without those that are empty. A line that is a line of a manifest already, an object with
 * `uri`, is that object; any other is taken byte for byte.
 */
export function itemsOfLines(text: string): readonly Item[] {
  return text
    .split('\n')
    .map(line => (line.endsWith('\r') ? line.slice(0, -1) : line))
    .filter(line => line.trim() !== '')
    .map(line => manifestLine(line) ?? textItem(line))
}

function manifestLine(line: string): Item | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const parsed = JSON.parse(line) as { readonly uri?: unknown }
    return typeof parsed.uri === 'string' ? JSON.stringify(parsed) : undefined
  } catch {
    return undefined // a line that only begins like one
  }
}

/** The items of a prefix: its objects, without folder markers and without what Batchwise wrote there itself. */
export function itemsOfObjects(objects: readonly ItemObject[], output: string): readonly Item[] {
  return objects
    .filter(({ key, size }) => !(size === 0 && key.endsWith('/')))
    .map(({ bucket, key, size, etag }) => ({ uri: `s3://${bucket}/${key}`, bucket, key, size, etag }))
    .filter(({ uri }) => !uri.startsWith(`${output}/_batchwise/`))
    .map(object => JSON.stringify(object))
}

/** @throws BatchwiseError E_ITEMS: more than an array may have */
export function checkCount(job: string, source: string, items: readonly Item[]): readonly Item[] {
  if (items.length <= MAX_ITEMS) return items
  throw tooMany(job, source, String(items.length))
}

export function tooMany(job: string, source: string, count: string): BatchwiseError {
  const reason = `it holds ${count} items, and an array has at most ${MAX_ITEMS} children`
  return unusable(
    job,
    source,
    reason,
    'Put several items on a line of a file, and name that file with `lines`.',
  )
}

/** What items are taken from cannot be used: the job fails, and says so. */
export function unusable(
  job: string,
  source: string,
  reason: string,
  mend = 'Mend that, then retry the run.',
): BatchwiseError {
  return new BatchwiseError(
    'E_ITEMS',
    `The items of job "${job}" cannot be taken from ${shortened(source)}: ${reason}. ${mend}`,
  )
}

function shortened(uri: string): string {
  return uri.length <= 300 ? uri : `${uri.slice(0, 299)}…`
}

export function manifestOf(items: readonly Item[]): string {
  return items.map(item => `${item}\n`).join('')
}

export function itemsOfManifest(text: string): readonly Item[] {
  return text.split('\n').slice(0, -1)
}

/** BATCHWISE_ITEMS: an item a line; undefined where they are too long for it, or not one line each. */
export function listedItems(items: readonly Item[]): string | undefined {
  const texts = items.map(plainText)
  const list = texts.join('\n')
  // An item of two lines would move all behind it; an empty list is no list of one empty item.
  if (texts.length === 0 || texts.some(text => /[\n\0]/.test(text))) return undefined
  return Buffer.byteLength(list) <= MAX_LISTED_BYTES ? list : undefined
}

function plainText(item: Item): string {
  const value = JSON.parse(item) as string | { readonly uri: string }
  return typeof value === 'string' ? value : value.uri
}

import { rangeIndexes } from '../core/run/failed-children.ts'
import {
  checkCount,
  type Item,
  itemsOfLines,
  itemsOfManifest,
  itemsOfObjects,
  MAX_ITEMS,
  MAX_LINES_BYTES,
  MAX_MANIFEST_BYTES,
  manifestOf,
  tooMany,
  unusable,
} from '../core/run/items.ts'
import type { JobRecord } from '../core/run/job-record.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import type { Part } from '../core/run/part.ts'
import { itemSourceOf, itemsInFile, manifestUri, outputOf } from '../core/run/submission-request.ts'
import type { Service } from './service.ts'

/** Not every object is an item: there are folder markers, and what Batchwise has written. */
const MOST_LISTED = 2 * MAX_ITEMS

/**
 * The items of a claimed submission, as its children will read them: its manifest is written once, and who finds one takes
 * it, whatever he would have written. So the number of children always belongs to the manifest. Undefined for a job without
 * items; a job of no items gets no manifest.
 *
 * @throws BatchwiseError E_ITEMS where they cannot be had; anything else may pass
 */
export async function itemsOf(
  service: Service,
  snapshot: Snapshot,
  record: JobRecord,
): Promise<readonly Item[] | undefined> {
  const items = await itemsNow(service, snapshot, record)
  if (items === undefined || items.length === 0) return items
  const uri = manifestUri({ ...snapshot, ...record })
  if (await service.objects.create(uri, manifestOf(items))) return items
  return readManifest(service, uri, record.job)
}

async function itemsNow(
  service: Service,
  snapshot: Snapshot,
  { job, part }: JobRecord,
): Promise<readonly Item[] | undefined> {
  if (part !== undefined) return itemsOfPart(service, snapshot, job, part)
  const input = { ...snapshot, job, jobIds: {} }
  const source = itemSourceOf(input)
  if (source === undefined) return itemsInFile(input)
  const isLines = snapshot.definition.workflow.jobs[job]?.array?.type === 'lines'
  const isPlace = (isLines ? /^s3:\/\/[^/]+\/./s : /^s3:\/\/[^/]+\//).test(source)
  if (!isPlace) throw unusable(job, source, 'it names no object')
  return checkCount(job, source, await (isLines ? linesOf : objectsOf)(service, snapshot, job, source))
}

async function itemsOfPart(
  service: Service,
  snapshot: Snapshot,
  job: string,
  part: Part,
): Promise<readonly Item[]> {
  const uri = manifestUri({ ...snapshot, job, submission: part.of })
  const all = await readManifest(service, uri, job)
  return rangeIndexes(part.indexes).map(index => {
    const item = all[index]
    if (item === undefined) throw unusable(job, uri, `it has no line ${index + 1}`, allAgain(job))
    return item
  })
}

async function linesOf(
  { objects }: Service,
  { run }: Snapshot,
  job: string,
  uri: string,
): Promise<readonly Item[]> {
  const { uri: uploaded, versionId } = run.trigger.values
  const read = await objects.read(uri, MAX_LINES_BYTES, uri === uploaded ? versionId : undefined)
  if (read.type === 'unreadable') throw unusable(job, uri, read.reason)
  return itemsOfLines(read.text)
}

async function objectsOf(
  { objects }: Service,
  { run, definition }: Snapshot,
  job: string,
  uri: string,
): Promise<readonly Item[]> {
  const listed = await objects.list(uri, MOST_LISTED + 1)
  if (listed.type === 'unreadable') throw unusable(job, uri, listed.reason)
  if (listed.objects.length > MOST_LISTED) throw tooMany(job, uri, `more than ${MAX_ITEMS}`)
  return itemsOfObjects(listed.objects, outputOf(run, definition.outputBucket))
}

async function readManifest({ objects }: Service, uri: string, job: string): Promise<readonly Item[]> {
  const read = await objects.read(uri, MAX_MANIFEST_BYTES)
  if (read.type === 'unreadable') throw unusable(job, uri, read.reason, allAgain(job))
  return itemsOfManifest(read.text)
}

/** A manifest can be lost: a rule of the bucket removes old objects, say. */
function allAgain(job: string): string {
  return `Run all of its items again: \`batchwise retry\` with \`--from ${job}\`.`
}

import { randomUUID } from 'node:crypto'
import { type AwsEvent, eventTime } from '../aws-event.ts'
import { AwsError } from '../wire/aws-error.ts'
import type { Identity } from '../wire/face.ts'
import { busNameOf } from './bus-name.ts'
import { parseDetail } from './event-detail.ts'

/** Bytes of all entries together. */
const SIZE_LIMIT = 1024 * 1024
const MOST_ENTRIES = 10

/** An entry of PutEvents after its check: what goes to which bus, or why it does not. */
export type CheckedEntry =
  | { readonly type: 'accepted'; readonly bus: string; readonly event: AwsEvent }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }

/** An entry as it was sent: nothing about its members has been checked. */
export type Entry = Readonly<Record<string, unknown>>

/**
 * The entries of a request. @throws AwsError ValidationException if there are none, more than ten, or 1 MB of them
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function requireEntries(entries: unknown): readonly Entry[] {
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > MOST_ENTRIES) {
    throw new AwsError('ValidationException', `Entries: give 1 to ${MOST_ENTRIES} of them in one PutEvents.`)
  }
  const objects = entries.map(each => (typeof each === 'object' && each !== null ? each : {}) as Entry)
  const size = objects.reduce((total, each) => total + sizeOf(each), 0)
  if (size >= SIZE_LIMIT) {
    throw new AwsError(
      'ValidationException',
      `Total size of the entries in the request is over the limit: ${size} bytes, and they must be less than ${SIZE_LIMIT}.`,
    )
  }
  return objects
}

/** Checks one entry and makes the event of it. Times without `Time` are `now`, in milliseconds. */
export function checkEntry(
  entry: Entry,
  identity: Identity,
  now: number,
  hasBus: (name: string) => boolean,
): CheckedEntry {
  const { Source: source, DetailType: type, Detail: detail } = entry
  if (typeof source !== 'string' || source === '') return missing('Source')
  if (source.startsWith('aws.')) {
    return failed(
      'NotAuthorizedForSourceException',
      `Not authorized for the source: "aws." is for AWS itself.`,
    )
  }
  if (typeof type !== 'string' || type === '') return missing('DetailType')
  if (type.length > 128) return failed('InvalidArgument', 'DetailType is longer than 128 characters.')
  if (typeof detail !== 'string' || detail === '') return missing('Detail')
  const parsed = parseDetail(detail)
  if (parsed === undefined) return failed('MalformedDetail', 'Detail is malformed: it must be a JSON object.')
  const bus = busNameOf(identity, entry['EventBusName'])
  if (!hasBus(bus)) {
    return failed(
      'ResourceNotFoundException',
      `Event bus ${bus} does not exist: local mode has no rule on it.`,
    )
  }
  const time = timeOf(entry['Time'], now)
  if (time === undefined) return failed('InvalidArgument', 'Time is not a number of seconds since 1970.')
  const event: AwsEvent = {
    version: '0',
    id: randomUUID(),
    'detail-type': type,
    source,
    account: identity.account,
    time,
    region: identity.region,
    resources: stringsOf(entry['Resources']),
    detail: parsed,
  }
  return { type: 'accepted', bus, event }
}

function timeOf(seconds: unknown, now: number): string | undefined {
  if (seconds === undefined || seconds === null) return eventTime(now)
  const inRange = typeof seconds === 'number' && Math.abs(seconds) <= 8.64e12
  return inRange ? eventTime(seconds * 1000) : undefined
}

/** As AWS counts: 14 bytes for a time, and the UTF-8 of the other members. */
function sizeOf(entry: Entry): number {
  const texts = [entry['Source'], entry['DetailType'], entry['Detail'], ...stringsOf(entry['Resources'])]
  const bytes = texts.reduce<number>((sum, text) => sum + Buffer.byteLength(String(text ?? '')), 0)
  return bytes + (entry['Time'] === undefined ? 0 : 14)
}

function stringsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map(String) : []
}

function missing(member: string): CheckedEntry {
  return failed(
    'InvalidArgument',
    `Parameter ${member} is not valid. Reason: ${member} is a required argument.`,
  )
}

function failed(code: string, message: string): CheckedEntry {
  return { type: 'failed', code, message }
}

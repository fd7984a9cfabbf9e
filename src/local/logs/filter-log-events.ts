import type { JsonInput } from '../wire/json-target.ts'
import { compileFilterPattern } from './filter-pattern.ts'
import { FirstFew } from './first-few.ts'
import { entriesFrom, type LogEntry } from './log-file.ts'
import { integerOf, invalid, requireGroup, timeOf } from './log-input.ts'
import type { LogGroup, LogStore, LogStream } from './log-store.ts'
import { isFull, MOST_EVENTS } from './page-limit.ts'

/** The place of an event in the order of the answer: by time, then stream, then place in it. */
type Place = readonly [timestamp: number, stream: string, start: number]

interface Found {
  readonly place: Place
  readonly entry: LogEntry
}

/**
 * FilterLogEvents: events of all streams of a group, or of those named, in the order of their time.
 * Reads the whole of these streams for each page.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export async function filterLogEvents(store: LogStore, input: JsonInput): Promise<unknown> {
  const streams = streamsOf(requireGroup(store, input), input)
  const limit = integerOf(input, 'limit', { least: 1, most: MOST_EVENTS, fallback: MOST_EVENTS })
  const order = input['startFromHead'] === false ? -1 : 1
  const accepts = acceptor(input)
  const after = placeOf(input['nextToken'])
  const found = new FirstFew<Found>(limit + 1, (a, b) => order * compare(a.place, b.place))
  store.flush()
  for (const stream of streams) {
    for await (const entry of entriesFrom(stream.file, 0)) {
      const place: Place = [entry.timestamp, stream.name, entry.start]
      if (accepts(entry) && (after === undefined || order * compare(place, after) > 0))
        found.add({ place, entry })
    }
  }
  return answer(found.sorted(), limit)
}

function answer(found: readonly Found[], limit: number): unknown {
  let bytes = 0
  const page = found.slice(0, limit).filter(({ entry }, at) => {
    bytes += entry.end - entry.start
    return !isFull(at, bytes)
  })
  const last = page.at(-1)?.place
  const token = page.length < found.length && last !== undefined ? { nextToken: tokenOf(last) } : {}
  return { events: page.map(describe), searchedLogStreams: [], ...token }
}

function describe({ place: [timestamp, logStreamName, start], entry }: Found) {
  const { message, ingestionTime } = entry
  return { logStreamName, timestamp, message, ingestionTime, eventId: `${logStreamName}@${start}` }
}

function streamsOf(group: LogGroup, { logStreamNames: names, logStreamNamePrefix: prefix }: JsonInput) {
  if (names !== undefined && prefix !== undefined) {
    throw invalid('Give logStreamNames or logStreamNamePrefix, not both.')
  }
  const streams: readonly LogStream[] = [...group.streams.values()]
  if (Array.isArray(names)) return streams.filter(stream => names.includes(stream.name))
  return streams.filter(stream => stream.name.startsWith(String(prefix ?? '')))
}

function acceptor(input: JsonInput): (entry: LogEntry) => boolean {
  const matches = compileFilterPattern(String(input['filterPattern'] ?? ''))
  const from = timeOf(input, 'startTime', 0)
  const to = timeOf(input, 'endTime', Number.POSITIVE_INFINITY)
  return ({ timestamp, message }) => timestamp >= from && timestamp <= to && matches(message)
}

function compare(a: Place, b: Place): number {
  return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] - b[2])
}

function tokenOf(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function placeOf(token: unknown): Place | undefined {
  if (token === undefined || token === null) return undefined
  try {
    const [timestamp, stream, start] = JSON.parse(Buffer.from(String(token), 'base64url').toString())
    return [Number(timestamp), String(stream), Number(start)]
  } catch {
    throw invalid('The specified nextToken is invalid. Give one that came back before.')
  }
}

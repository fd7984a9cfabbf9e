import type { JsonInput } from '../wire/json-target.ts'
import { entriesBefore, entriesFrom, type LogEntry } from './log-file.ts'
import { integerOf, invalid, requireStream, timeOf } from './log-input.ts'
import type { LogStore } from './log-store.ts'
import { isFull, MOST_EVENTS } from './page-limit.ts'

/** Where to read on: the byte, and the way. */
interface Cursor {
  readonly direction: 'f' | 'b'
  readonly offset: number
}

/**
 * GetLogEvents: a page of a stream, oldest first within the page, in the order in which lines came in. The tokens
 * that come back are the ones that were given where there is nothing more that way.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
export async function getLogEvents(store: LogStore, input: JsonInput): Promise<unknown> {
  const stream = requireStream(store, input)
  const limit = integerOf(input, 'limit', { least: 1, most: MOST_EVENTS, fallback: MOST_EVENTS })
  const from = timeOf(input, 'startTime', 0)
  const until = timeOf(input, 'endTime', Number.POSITIVE_INFINITY)
  const { direction, offset } = cursorOf(input)
  store.flush()
  const entries = direction === 'f' ? entriesFrom(stream.file, offset) : entriesBefore(stream.file, offset)
  const page = await take(entries, limit, entry => entry.timestamp >= from && entry.timestamp < until)
  if (direction === 'b') page.reverse()
  const fallback = Number.isFinite(offset) ? offset : 0
  return {
    events: page.map(({ timestamp, ingestionTime, message }) => ({ timestamp, ingestionTime, message })),
    nextForwardToken: `f/${page.at(-1)?.end ?? fallback}`,
    nextBackwardToken: `b/${page[0]?.start ?? fallback}`,
  }
}

async function take(
  entries: AsyncGenerator<LogEntry>,
  limit: number,
  accepts: (entry: LogEntry) => boolean,
): Promise<LogEntry[]> {
  const page: LogEntry[] = []
  let bytes = 0
  for await (const entry of entries) {
    if (!accepts(entry)) continue
    bytes += entry.end - entry.start
    if (isFull(page.length, bytes)) break
    page.push(entry)
    if (page.length === limit) break
  }
  return page
}

function cursorOf(input: JsonInput): Cursor {
  const { nextToken: token, startFromHead } = input
  if (token === undefined || token === null) {
    return startFromHead === true
      ? { direction: 'f', offset: 0 }
      : { direction: 'b', offset: Number.POSITIVE_INFINITY }
  }
  const [, direction, digits] = /^([fb])\/(\d{1,15})$/.exec(String(token)) ?? []
  if (direction === undefined)
    throw invalid('The specified nextToken is invalid. Give one that came back before.')
  return { direction: direction as Cursor['direction'], offset: Number(digits) }
}

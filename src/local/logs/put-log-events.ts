import type { JsonInput } from '../wire/json-target.ts'
import { invalid, requireStream } from './log-input.ts'
import type { LogStore } from './log-store.ts'
import { MOST_EVENTS } from './page-limit.ts'

interface InputLogEvent {
  readonly timestamp: number
  readonly message: string
}

const MOST_BYTES = 1_048_576
const BYTES_PER_EVENT = 26
const OLDEST = 14 * 24 * 3_600_000
const NEWEST = 2 * 3_600_000

/**
 * PutLogEvents: takes a batch in the order of time; events too old or too far ahead are left out, and it says so.
 * What it takes is on disk before it answers.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export function putLogEvents(store: LogStore, now: number, input: JsonInput): unknown {
  const stream = requireStream(store, input)
  const events = requireEvents(input['logEvents'])
  const old = events.filter(event => event.timestamp < now - OLDEST).length
  const ahead = events.filter(event => event.timestamp > now + NEWEST).length
  for (const { timestamp, message } of events.slice(old, events.length - ahead)) {
    store.write(stream.group, stream.name, timestamp, message)
  }
  store.flush()
  if (old + ahead === 0) return {}
  return {
    rejectedLogEventsInfo: {
      ...(old > 0 ? { tooOldLogEventEndIndex: old } : {}),
      ...(ahead > 0 ? { tooNewLogEventStartIndex: events.length - ahead } : {}),
    },
  }
}

function requireEvents(given: unknown): readonly InputLogEvent[] {
  const events: readonly unknown[] = Array.isArray(given) ? given : []
  if (events.length === 0 || events.length > MOST_EVENTS) {
    throw invalid(`logEvents: give 1 to ${MOST_EVENTS} of them.`)
  }
  if (!events.every(isEvent))
    throw invalid('logEvents: each needs a timestamp in milliseconds and a message.')
  if (events.some((event, at) => event.timestamp < (events[at - 1]?.timestamp ?? 0))) {
    throw invalid('Log events in a single PutLogEvents request must be in chronological order.')
  }
  const size = events.reduce((sum, event) => sum + Buffer.byteLength(event.message) + BYTES_PER_EVENT, 0)
  if (size > MOST_BYTES)
    throw invalid(`logEvents: ${size} bytes, and ${MOST_BYTES} are allowed in one request.`)
  return events
}

function isEvent(event: unknown): event is InputLogEvent {
  if (typeof event !== 'object' || event === null || !('timestamp' in event) || !('message' in event))
    return false
  const { timestamp, message } = event
  return Number.isSafeInteger(timestamp) && typeof message === 'string' && message !== ''
}

import { AwsError } from '../wire/aws-error.ts'
import type { Face, Identity, Now } from '../wire/face.ts'
import { type JsonInput, jsonFace } from '../wire/json-target.ts'
import { describeLogGroups, describeLogStreams } from './describe-logs.ts'
import { filterLogEvents } from './filter-log-events.ts'
import { getLogEvents } from './get-log-events.ts'
import { invalid, requireGroup } from './log-input.ts'
import { LogStore } from './log-store.ts'
import { putLogEvents } from './put-log-events.ts'

export interface LogsOptions {
  readonly identity: Identity
  readonly now: Now
  /** Where the logs lie; made if it is not there. */
  readonly folder: string
}

export interface Logs {
  readonly face: Face
  /**
   * Appends a line to a stream, making group and stream. Time in milliseconds. It can be read at once; it survives
   * kill -9 after at most 50 ms, and when `flush` has returned.
   */
  readonly write: (group: string, stream: string, timestamp: number, message: string) => void
  readonly flush: () => void
}

/**
 * CloudWatch Logs on this machine.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html
 */
export function createLogs({ identity, now, folder }: LogsOptions): Logs {
  const store = new LogStore(folder, now)
  const face = jsonFace('Logs_20140328', {
    CreateLogGroup: input => createLogGroup(store, input),
    CreateLogStream: input => createLogStream(store, input),
    DescribeLogGroups: input => describeLogGroups(store, identity, input),
    DescribeLogStreams: input => describeLogStreams(store, identity, input),
    FilterLogEvents: input => filterLogEvents(store, input),
    GetLogEvents: input => getLogEvents(store, input),
    PutLogEvents: input => putLogEvents(store, now(), input),
  })
  return {
    face,
    write: (group, stream, timestamp, message) => store.write(group, stream, timestamp, message),
    flush: () => store.flush(),
  }
}

function createLogGroup(store: LogStore, input: JsonInput): void {
  const name = String(input['logGroupName'] ?? '')
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw invalid('logGroupName: use 1 to 512 letters, digits, ".", "-", "_", "/" and "#".')
  }
  if (store.groups.has(name)) throw exists('group')
  store.createGroup(name)
}

function createLogStream(store: LogStore, input: JsonInput): void {
  const group = requireGroup(store, input)
  const name = String(input['logStreamName'] ?? '')
  if (!/^[^:*]{1,512}$/.test(name))
    throw invalid('logStreamName: use 1 to 512 characters without ":" and "*".')
  if (group.streams.has(name)) throw exists('stream')
  store.createStream(group.name, name)
}

function exists(what: 'group' | 'stream'): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`)
}

import type { Identity } from '../wire/face.ts'
import type { JsonInput } from '../wire/json-target.ts'
import { entriesBefore, entriesFrom, type LogEntry } from './log-file.ts'
import { integerOf, invalid, requireGroup } from './log-input.ts'
import type { LogGroup, LogStore, LogStream } from './log-store.ts'

/** DescribeLogGroups: by name. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export function describeLogGroups(store: LogStore, identity: Identity, input: JsonInput): unknown {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: part } = input
  if (prefix !== undefined && part !== undefined) {
    throw invalid('Give logGroupNamePrefix or logGroupNamePattern, not both.')
  }
  const groups = [...store.groups.values()]
    .filter(({ name }) => name.startsWith(String(prefix ?? '')) && name.includes(String(part ?? '')))
    .sort(byName)
  const { page, token } = pageOf(groups, input)
  return { logGroups: page.map(group => describeGroup(group, identity)), ...token }
}

/** DescribeLogStreams: by name or last event. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export async function describeLogStreams(
  store: LogStore,
  identity: Identity,
  input: JsonInput,
): Promise<unknown> {
  const { logStreamNamePrefix: prefix, orderBy, descending } = input
  const byTime = orderBy === 'LastEventTime'
  if (byTime && prefix !== undefined)
    throw invalid('Ordered by LastEventTime, a logStreamNamePrefix cannot be given.')
  const group = requireGroup(store, input)
  store.flush()
  const streams = [...group.streams.values()].filter(({ name }) => name.startsWith(String(prefix ?? '')))
  const sorted = byTime ? await byLastEvent(streams) : streams.sort(byName)
  const { page, token } = pageOf(descending === true ? sorted.reverse() : sorted, input)
  const logStreams: unknown[] = []
  for (const stream of page) logStreams.push(await describeStream(stream, identity))
  return { logStreams, ...token }
}

/** One file after the other: there may be more streams than files a process may open. */
async function byLastEvent(streams: readonly LogStream[]): Promise<LogStream[]> {
  const times = new Map<LogStream, number>()
  for (const stream of streams) times.set(stream, (await lastEntry(stream))?.timestamp ?? 0)
  return [...streams].sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0) || byName(a, b))
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1
}

function lastEntry({ file }: LogStream): Promise<LogEntry | undefined> {
  return firstOf(entriesBefore(file, Number.POSITIVE_INFINITY))
}

async function describeStream(stream: LogStream, identity: Identity) {
  const { group, name, createdAt, file } = stream
  const first = await firstOf(entriesFrom(file, 0))
  const last = await lastEntry(stream)
  return {
    logStreamName: name,
    creationTime: createdAt,
    firstEventTimestamp: first?.timestamp,
    lastEventTimestamp: last?.timestamp,
    lastIngestionTime: last?.ingestionTime,
    arn: `${groupArn(group, identity)}:log-stream:${name}`,
    storedBytes: 0, // so it is on AWS, since 2019
  }
}

function describeGroup({ name, createdAt }: LogGroup, identity: Identity) {
  const logGroupArn = groupArn(name, identity)
  return {
    logGroupName: name,
    creationTime: createdAt,
    arn: `${logGroupArn}:*`,
    logGroupArn,
    metricFilterCount: 0,
  }
}

function groupArn(name: string, { region, account }: Identity): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`
}

async function firstOf(entries: AsyncGenerator<LogEntry>): Promise<LogEntry | undefined> {
  for await (const entry of entries) return entry
  return undefined
}

function pageOf<Item>(items: readonly Item[], input: JsonInput) {
  const limit = integerOf(input, 'limit', { least: 1, most: 50, fallback: 50 })
  const from = Number(input['nextToken'] ?? 0)
  if (!Number.isSafeInteger(from) || from < 0) throw invalid('The specified nextToken is invalid.')
  const token = from + limit < items.length ? { nextToken: String(from + limit) } : {}
  return { page: items.slice(from, from + limit), token }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs'
import { onTestFinished } from 'vitest'
import { createLogs } from '../../../src/local/logs/logs.ts'
import { clientSettings, IDENTITY } from '../client-settings.ts'
import { serveRouter } from '../wire/serve-router.ts'

export const GROUP = '/aws/batch/job'
export const STREAM = 'default/default/1'
export const NOW = Date.parse('2026-11-21T00:00:00Z')

/** Logs of their own folder behind a router, and the calls tests make. */
export async function servedLogs() {
  const folder = await mkdtemp(join(tmpdir(), 'logs-'))
  const logs = createLogs({ identity: IDENTITY, now: () => NOW, folder })
  onTestFinished(async () => {
    logs.flush()
    await rm(folder, { recursive: true })
  })
  const { url } = await serveRouter({ logs: logs.face })
  const client = new CloudWatchLogsClient(clientSettings(url))
  const get = (input: Partial<GetLogEventsCommandInput> = {}) =>
    client.send(new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: STREAM, ...input }))
  const filter = (input: Partial<FilterLogEventsCommandInput> = {}) =>
    client.send(new FilterLogEventsCommand({ logGroupName: GROUP, ...input }))
  const streams = (input: Partial<DescribeLogStreamsCommandInput> = {}) =>
    client.send(new DescribeLogStreamsCommand({ logGroupName: GROUP, ...input }))
  const writeLines = (count: number, from = 0) => {
    for (let at = from; at < from + count; at++) logs.write(GROUP, STREAM, at * 10, `line ${at}`)
  }
  return { ...logs, folder, client, get, filter, streams, writeLines }
}

export type Events = { readonly events?: readonly { readonly message?: string | undefined }[] | undefined }
export const messages = ({ events = [] }: Events) => events.map(event => event.message)
export const lines = (...numbers: readonly number[]) => numbers.map(number => `line ${number}`)

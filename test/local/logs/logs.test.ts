import { readdir } from 'node:fs/promises'
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  type DescribeLogStreamsCommandInput,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, it } from 'vitest'
import { GROUP, lines, messages, NOW, STREAM, servedLogs } from './serve-logs.ts'

describe('groups and streams', () => {
  it('are described, with their first and last event', async () => {
    const { client, streams, writeLines } = await servedLogs()
    writeLines(3)
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/' }))
    const arn = 'arn:aws:logs:eu-west-1:000000000000:log-group:/aws/batch/job'
    expect(logGroups).toEqual([
      { logGroupName: GROUP, creationTime: NOW, arn: `${arn}:*`, logGroupArn: arn, metricFilterCount: 0 },
    ])
    expect((await streams()).logStreams).toEqual([
      {
        logStreamName: STREAM,
        creationTime: NOW,
        firstEventTimestamp: 0,
        lastEventTimestamp: 20,
        lastIngestionTime: NOW,
        arn: `${arn}:log-stream:${STREAM}`,
        storedBytes: 0,
      },
    ])
    expect((await streams({ logGroupName: undefined, logGroupIdentifier: arn })).logStreams).toHaveLength(1)
  })

  it.each<[title: string, input: Partial<DescribeLogStreamsCommandInput>, names: readonly string[]]>([
    ['by name', {}, ['a1', 'a2', 'b']],
    ['by name, the last first', { descending: true }, ['b', 'a2', 'a1']],
    ['by prefix', { logStreamNamePrefix: 'a' }, ['a1', 'a2']],
    ['by last event', { orderBy: 'LastEventTime' }, ['b', 'a1', 'a2']],
    [
      'by last event, the latest first',
      { orderBy: 'LastEventTime', descending: true, limit: 2 },
      ['a2', 'a1'],
    ],
  ])('are listed %s', async (_title, input, names) => {
    const { streams, ...logs } = await servedLogs()
    logs.write(GROUP, 'a2', 3, 'm')
    logs.write(GROUP, 'b', 1, 'm')
    logs.write(GROUP, 'a1', 2, 'm')
    expect((await streams(input)).logStreams?.map(each => each.logStreamName)).toEqual(names)
  })

  it('are listed page by page', async () => {
    const { streams, ...logs } = await servedLogs()
    for (const name of ['a', 'b', 'c']) logs.write(GROUP, name, 1, 'm')
    const first = await streams({ limit: 2 })
    const second = await streams({ limit: 2, nextToken: first.nextToken })
    expect(second.logStreams?.map(each => each.logStreamName)).toEqual(['c'])
    expect(second.nextToken).toBeUndefined()
    await expect(streams({ orderBy: 'LastEventTime', logStreamNamePrefix: 'a' })).rejects.toThrow(
      /LastEventTime/,
    )
  })

  it('can be created and written by a client', async () => {
    const { client, get } = await servedLogs()
    const stream = { logGroupName: GROUP, logStreamName: STREAM }
    await client.send(new CreateLogGroupCommand({ logGroupName: GROUP }))
    await client.send(new CreateLogStreamCommand(stream))
    expect(messages(await get())).toEqual([])
    const day = 24 * 3_600_000
    const times = [NOW - 15 * day, NOW - 1, NOW, NOW + day]
    const logEvents = times.map((timestamp, at) => ({ timestamp, message: `line ${at}` }))
    const { rejectedLogEventsInfo } = await client.send(new PutLogEventsCommand({ ...stream, logEvents }))
    expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 3 })
    expect(messages(await get())).toEqual(lines(1, 2))
  })

  it('are refused where they exist, or are misnamed', async () => {
    const { client, writeLines } = await servedLogs()
    writeLines(1)
    const group = (logGroupName: string) => client.send(new CreateLogGroupCommand({ logGroupName }))
    const stream = (logStreamName: string) =>
      client.send(new CreateLogStreamCommand({ logGroupName: GROUP, logStreamName }))
    await expect(group(GROUP)).rejects.toThrow('The specified log group already exists')
    await expect(stream(STREAM)).rejects.toThrow('The specified log stream already exists')
    await expect(group('a b')).rejects.toThrow(/logGroupName: use/)
    await expect(stream('a:b')).rejects.toThrow(/logStreamName: use/)
  })

  it.each([
    ['nothing', []],
    ['an empty message', [{ timestamp: NOW, message: '' }]],
    ['times in disorder', [2, 1].map(timestamp => ({ timestamp, message: 'm' }))],
    ['over 1 MiB', Array(2).fill({ timestamp: NOW, message: 'x'.repeat(524_288) })],
  ])('do not take %s', async (_title, logEvents) => {
    const { client, writeLines } = await servedLogs()
    writeLines(1)
    const put = new PutLogEventsCommand({ logGroupName: GROUP, logStreamName: STREAM, logEvents })
    await expect(client.send(put)).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidParameterException' }),
    )
  })

  it('are not deleted', async () => {
    const { client } = await servedLogs()
    const remove = new DeleteLogGroupCommand({ logGroupName: GROUP })
    await expect(client.send(remove)).rejects.toThrow(/does not support "DeleteLogGroup".*GetLogEvents/)
  })

  it('never name a file after themselves', async () => {
    const { folder, flush, ...logs } = await servedLogs()
    logs.write('../../etc', '../../passwd', 1, 'm')
    flush()
    expect((await readdir(folder)).every(name => /^(index\.jsonl|[0-9a-f]{40}\.log)$/.test(name))).toBe(true)
  })
})

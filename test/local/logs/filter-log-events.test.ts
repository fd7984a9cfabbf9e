import type { FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, it } from 'vitest'
import { GROUP, lines, messages, NOW, STREAM, servedLogs } from './serve-logs.ts'

describe('FilterLogEvents', () => {
  it('weaves the streams of a group together by time', async () => {
    const { filter, ...logs } = await servedLogs()
    for (const [stream, timestamp] of [
      ['b', 1],
      ['a', 3],
      ['b', 2],
      ['a', 1],
    ] as const) {
      logs.write(GROUP, stream, timestamp, `${stream}${timestamp}`)
    }
    const { events } = await filter()
    expect(messages({ events })).toEqual(['a1', 'b1', 'b2', 'a3'])
    expect(events?.[0]).toMatchObject({ logStreamName: 'a', timestamp: 1, ingestionTime: NOW })
    expect(new Set(events?.map(event => event.eventId)).size).toBe(4)
  })

  it('pages, either way', async () => {
    const { filter, writeLines } = await servedLogs()
    writeLines(5)
    for (const startFromHead of [true, false]) {
      const seen: unknown[] = []
      let nextToken: string | undefined
      do {
        const page = await filter({ limit: 2, startFromHead, ...(nextToken && { nextToken }) })
        seen.push(messages(page))
        nextToken = page.nextToken
      } while (nextToken !== undefined)
      const pages = startFromHead ? [[0, 1], [2, 3], [4]] : [[4, 3], [2, 1], [0]]
      expect(seen).toEqual(pages.map(page => lines(...page)))
    }
  })

  it.each<[title: string, input: Partial<FilterLogEventsCommandInput>, found: readonly string[]]>([
    ['by a term', { filterPattern: 'ERROR' }, ['a ERROR x', 'b ERROR y']],
    ['by two terms', { filterPattern: 'ERROR y' }, ['b ERROR y']],
    ['by stream names', { logStreamNames: ['s2'], filterPattern: 'ERROR' }, ['b ERROR y']],
    ['by a prefix of the stream', { logStreamNamePrefix: 's1' }, ['a ERROR x']],
    ['by time, with its end', { startTime: 1, endTime: 2 }, ['a ERROR x', 'b ERROR y']],
    ['by time alone', { startTime: 3 }, ['fine']],
  ])('finds %s', async (_title, input, found) => {
    const { filter, ...logs } = await servedLogs()
    logs.write(GROUP, 's1', 1, 'a ERROR x')
    logs.write(GROUP, 's2', 2, 'b ERROR y')
    logs.write(GROUP, 's2', 3, 'fine')
    logs.write('other', 's2', 3, 'ERROR of another group')
    expect(messages(await filter(input))).toEqual(found)
  })

  it('gives at most 1 MB, and a token for the rest', async () => {
    const { filter, ...logs } = await servedLogs()
    for (let at = 0; at < 3; at++) logs.write(GROUP, STREAM, at, `${at}${'x'.repeat(500_000)}`)
    const first = await filter()
    const second = await filter({ nextToken: first.nextToken })
    expect([first, second].map(page => page.events?.length)).toEqual([2, 1])
    expect(second.nextToken).toBeUndefined()
  })

  it.each<[title: string, input: Partial<FilterLogEventsCommandInput>]>([
    ['a pattern on JSON', { filterPattern: '{ $.level = "ERROR" }' }],
    ['names and a prefix', { logStreamNames: ['a'], logStreamNamePrefix: 'a' }],
    ['a token of its own', { nextToken: 'eA' }],
  ])('refuses %s', async (_title, input) => {
    const { filter, writeLines } = await servedLogs()
    writeLines(1)
    await expect(filter(input)).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidParameterException' }),
    )
  })
})

import type { GetLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, it } from 'vitest'
import { GROUP, lines, messages, NOW, STREAM, servedLogs } from './serve-logs.ts'

describe('GetLogEvents', () => {
  it('gives back a line as it was, at once', async () => {
    const { get, writeLines } = await servedLogs()
    writeLines(1)
    const { events } = await get()
    expect(events).toEqual([{ timestamp: 0, ingestionTime: NOW, message: 'line 0' }])
  })

  it.each(['ü 漢 😀', 'two\nlines', '', '\u0000\u001b[31m', 'x'.repeat(700_000)])(
    'keeps %j',
    async message => {
      const { get, ...logs } = await servedLogs()
      logs.write(GROUP, STREAM, 1, message)
      logs.write(GROUP, STREAM, 2, 'after')
      expect(messages(await get({ limit: 1, startFromHead: true }))).toEqual([message])
      expect(messages(await get({ limit: 2 }))).toEqual([message, 'after'])
    },
  )

  it('gives the latest lines, or with startFromHead the first', async () => {
    const { get, writeLines } = await servedLogs()
    writeLines(5)
    expect(messages(await get({ limit: 2 }))).toEqual(lines(3, 4))
    expect(messages(await get({ limit: 2, startFromHead: true }))).toEqual(lines(0, 1))
  })

  it('goes on forwards to the end, and then to what is written later', async () => {
    const { get, writeLines } = await servedLogs()
    writeLines(3)
    const first = await get({ limit: 2, startFromHead: true })
    const second = await get({ limit: 2, nextToken: first.nextForwardToken })
    expect(messages(second)).toEqual(lines(2))
    const end = await get({ nextToken: second.nextForwardToken })
    expect(messages(end)).toEqual([])
    expect(end.nextForwardToken).toBe(second.nextForwardToken)
    writeLines(1, 3)
    expect(messages(await get({ nextToken: end.nextForwardToken }))).toEqual(lines(3))
  })

  it('goes on backwards to the head', async () => {
    const { get, writeLines } = await servedLogs()
    writeLines(5)
    const last = await get({ limit: 2 })
    const before = await get({ limit: 2, nextToken: last.nextBackwardToken })
    const first = await get({ limit: 2, nextToken: before.nextBackwardToken })
    expect([before, first].map(messages)).toEqual([lines(1, 2), lines(0)])
    const head = await get({ nextToken: first.nextBackwardToken })
    expect(messages(head)).toEqual([])
    expect(head.nextBackwardToken).toBe(first.nextBackwardToken)
  })

  it('turns round where it is', async () => {
    const { get, writeLines } = await servedLogs()
    writeLines(6)
    const page = await get({ limit: 2, startFromHead: true })
    const next = await get({ limit: 2, nextToken: page.nextForwardToken })
    expect(messages(await get({ limit: 2, nextToken: next.nextBackwardToken }))).toEqual(lines(0, 1))
  })

  it('keeps to a range of time, without its end', async () => {
    const { get, writeLines } = await servedLogs()
    writeLines(5)
    expect(messages(await get({ startTime: 10, endTime: 30 }))).toEqual(lines(1, 2))
    expect(messages(await get({ startTime: 10, endTime: 30, startFromHead: true }))).toEqual(lines(1, 2))
  })

  it('gives at most 1 MB, and the rest with the token', async () => {
    const { get, ...logs } = await servedLogs()
    for (let at = 0; at < 4; at++) logs.write(GROUP, STREAM, at, `${at}${'x'.repeat(400_000)}`)
    const first = await get({ startFromHead: true })
    const second = await get({ nextToken: first.nextForwardToken })
    expect([first, second].map(page => messages(page).map(each => each?.[0]))).toEqual([
      ['0', '1'],
      ['2', '3'],
    ])
  })

  it('finds thousands of lines across chunks, both ways', async () => {
    const { get, writeLines } = await servedLogs()
    writeLines(20_000)
    const all = await get({ startFromHead: true, limit: 10_000 })
    const rest = await get({ nextToken: all.nextForwardToken, limit: 10_000 })
    const numbers = Array.from({ length: 20_000 }, (_, at) => at)
    expect([...messages(all), ...messages(rest)]).toEqual(lines(...numbers))
    const last = await get({ limit: 10_000 })
    expect(messages(last)).toEqual(lines(...numbers.slice(10_000)))
  })

  it.each<[title: string, input: Partial<GetLogEventsCommandInput>, error: string]>([
    ['an unknown stream', { logStreamName: 'x' }, 'ResourceNotFoundException'],
    ['an unknown group', { logGroupName: 'x' }, 'ResourceNotFoundException'],
    ['a token of its own', { nextToken: 'f/-1' }, 'InvalidParameterException'],
    ['a limit of 0', { limit: 0 }, 'InvalidParameterException'],
    ['a limit of 10001', { limit: 10_001 }, 'InvalidParameterException'],
    ['a time before 1970', { startTime: -1 }, 'InvalidParameterException'],
    ['a group by name and ARN', { logGroupIdentifier: GROUP }, 'InvalidParameterException'],
  ])('refuses %s', async (_title, input, error) => {
    const { get, writeLines } = await servedLogs()
    writeLines(1)
    await expect(get(input)).rejects.toThrow(expect.objectContaining({ name: error }))
  })

  it('does not mind a token that points into a line', async () => {
    const { get, writeLines } = await servedLogs()
    writeLines(3)
    expect(messages(await get({ nextToken: 'f/3' }))).toEqual(lines(1, 2))
    expect(messages(await get({ nextToken: 'b/3' }))).toEqual([])
    expect(messages(await get({ nextToken: 'f/999999' }))).toEqual([])
  })
})

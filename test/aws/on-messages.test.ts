import type { Context, SQSEvent } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { onMessages } from '../../src/aws/on-messages.ts'

const origin = { account: '000000000000', region: 'us-east-1' }
const settings = {
  stack: 's',
  stage: 'dev',
  table: 't',
  times: { lease: 1, settle: 1 },
  definitions: [],
  origin,
}
const service = { log: { record: () => {} }, settings }
const context = (timeLeft: number) => ({ getRemainingTimeInMillis: () => timeLeft }) as Context
const eventOf = (...bodies: readonly string[]) =>
  ({ Records: bodies.map((body, index) => ({ messageId: String(index), body })) }) as SQSEvent

describe('onMessages', () => {
  it('gives back only the messages that failed', async () => {
    const handler = onMessages(
      () => service,
      body => (body === 'passed over' ? undefined : body),
      async (_service, body) => {
        if (body === 'bad') throw new Error('no')
      },
    )
    expect(await handler(eventOf('good', 'bad', 'passed over'), context(30_000))).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    })
  })

  it('tells the parser where events may come from', async () => {
    const origins: unknown[] = []
    const handler = onMessages(
      () => service,
      (_body, from) => void origins.push(from),
      async () => {},
    )
    await handler(eventOf('a'), context(30_000))
    expect(origins).toEqual([origin])
  })

  it('acts on equal messages once', async () => {
    const acted: string[] = []
    const handler = onMessages(
      () => service,
      body => body,
      async (_service, body) => void acted.push(body),
    )
    await handler(eventOf('a', 'b', 'a'), context(30_000))
    expect(acted).toEqual(['a', 'b'])
  })

  it('never returns while its work goes on, for Lambda would freeze it and let it go on minutes later', async () => {
    const work = Promise.withResolvers<void>()
    let hasReturned = false
    const handler = onMessages(
      () => service,
      body => body,
      () => work.promise,
    )
    const returned = handler(eventOf('slow'), context(1)).then(() => {
      hasReturned = true
    })
    // Timers of one length fire in the order in which they were set: any that the handler set is over then.
    await new Promise(resolve => setTimeout(resolve, 1))
    await new Promise(setImmediate)
    expect(hasReturned).toBe(false)
    work.resolve()
    await returned
  })
})

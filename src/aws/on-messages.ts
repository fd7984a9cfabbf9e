import middy from '@middy/core'
import sqsPartialBatchFailure from '@middy/sqs-partial-batch-failure'
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import type { EventOrigin } from '../core/event/event-error.ts'
import type { LogPort } from '../ports.ts'

/** Milliseconds until Lambda stops the function. */
type TimeLeft = () => number

/** What it asks of a service, whatever else that is. */
interface Listener {
  readonly log: LogPort
  readonly settings: { readonly origin?: EventOrigin }
}

type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>

/**
 * Middy would return shortly before the function's time is over. Lambda then freezes the work that is still under way
 * and lets it go on in a later invocation, with claims that have long ended. Lambda's own limit ends it for good.
 */
const GO_ON_TO_THE_END = { timeoutEarlyInMillis: 0 }

/**
 * A Lambda on a queue: each message is parsed and acted on by itself, and only those that failed come back. Equal
 * messages of one batch are acted on once.
 *
 * @param parse throws for a message that can never be understood (it ends in the dead-letter queue); undefined passes it over
 * @param act at least once per message, in any order
 * @example
 * export const handler = onMessages(stopper, parseJobStateChange, recordChange)
 */
export function onMessages<Service extends Listener, Message>(
  service: () => Service,
  parse: (body: string, origin?: EventOrigin) => Message | undefined,
  act: (service: Service, message: Message, timeLeft: TimeLeft) => Promise<unknown>,
): Handler {
  const handle = (event: SQSEvent, context: Context) => {
    const byBody = new Map<string, Promise<unknown>>()
    return Promise.allSettled(
      event.Records.map(({ body }) => {
        const outcome = byBody.get(body) ?? handleBody(body, () => context.getRemainingTimeInMillis())
        byBody.set(body, outcome)
        return outcome
      }),
    )
  }
  const logger = (reason: unknown, record: { readonly messageId?: string }) =>
    service().log.record('message-failed', { messageId: record.messageId, reason: String(reason) })
  return middy<SQSEvent>(GO_ON_TO_THE_END)
    .use(sqsPartialBatchFailure({ logger }))
    .handler(handle) as unknown as Handler

  async function handleBody(body: string, timeLeft: TimeLeft): Promise<unknown> {
    const message = parse(body, service().settings.origin)
    return message === undefined ? undefined : act(service(), message, timeLeft)
  }
}

import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import type { Faults } from '../faults.ts'
import type { Scheduler } from '../scheduler.ts'
import type { Note } from '../trace.ts'
import type { FunctionName } from './handlers.ts'
import type { Lambda, Outcome } from './lambda.ts'

/** A queue and its function: at least once, in no order, to the dead letters after five receives. */
export interface QueueModel {
  send(body: string, delaySeconds?: number): void
  /** Messages that are neither worked off nor dead. */
  pending(): number
  readonly deadLetters: readonly string[]
}

interface Message {
  readonly number: number
  readonly body: string
  visibleAt: number
  receives: number
}

/** As `serverless.yml` has them. */
const BATCH_SIZE = 10
const CONCURRENCY = 2
const VISIBILITY = 180_000
const RECEIVES = 5
/** The poller is not instant, so messages gather. */
const POLL_DELAY = 50
const REDELIVERED_AFTER = 5_000

interface World {
  readonly scheduler: Scheduler
  readonly faults: Faults
  readonly note: Note
  readonly lambda: () => Lambda
  readonly redelivery: number
  readonly nextMessage: () => number
}

export function createQueueModel(functionName: FunctionName, world: World): QueueModel {
  const { scheduler, faults, note } = world
  const messages = new Map<number, Message>()
  const deadLetters: string[] = []
  let running = 0
  return {
    send(body, delaySeconds = 0) {
      const number = world.nextMessage()
      const delay = delaySeconds * 1000
      messages.set(number, { number, body, visibleAt: scheduler.now() + delay, receives: 0 })
      scheduler.after(delay + POLL_DELAY, poll)
    },
    pending: () => messages.size,
    deadLetters,
  }

  function poll(): void {
    while (running < CONCURRENCY) {
      const batch = receive()
      if (batch.length === 0) return
      deliver(batch)
    }
  }

  function receive(): readonly Message[] {
    const now = scheduler.now()
    const batch: Message[] = []
    for (const message of messages.values()) {
      if (message.visibleAt > now) continue
      if (message.receives >= RECEIVES) {
        messages.delete(message.number)
        deadLetters.push(message.body)
        note(() => `${functionName}: message ${message.number} is dead: ${message.body}`)
        continue
      }
      message.receives++
      const again = faults.happens('message-again', message.number, message.receives, world.redelivery)
      message.visibleAt = now + (again ? REDELIVERED_AFTER : VISIBILITY)
      scheduler.after(message.visibleAt - now, poll)
      batch.push(message)
      if (batch.length === BATCH_SIZE) break
    }
    return batch
  }

  function deliver(batch: readonly Message[]): void {
    running++
    const Records = batch.map(({ number, body }) => ({ messageId: String(number), body }))
    world.lambda().invoke(functionName, { Records } as SQSEvent, outcome => {
      running--
      for (const message of batch) if (isDone(outcome, message)) workedOff(message)
      poll()
    })
  }

  function workedOff({ number, receives }: Message): void {
    // A message that came a second time meanwhile is deleted by whoever is done first, unless that is lost too.
    if (faults.happens('message-again', number, -receives, world.redelivery)) return
    messages.delete(number)
  }
}

function isDone(outcome: Outcome, { number }: Message): boolean {
  if (outcome.type !== 'returned') return false
  const { batchItemFailures }: SQSBatchResponse = outcome.result ?? { batchItemFailures: [] }
  return !batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === String(number))
}

import type { ReceivedMessage } from '../sqs/message.ts'
import { type BatchItemFailures, readBatchResponse } from './batch-response.ts'
import type { SqsEventSource } from './function-events.ts'
import { type HostContext, type InvocationReport, reportOf } from './host-context.ts'
import { invoke, type Outcome } from './invoke.ts'
import type { LoadedFunction } from './load-function.ts'
import { localQueueName } from './queue-resources.ts'
import { sqsEvent } from './sqs-event.ts'

const LAMBDAS_FIRST_CONCURRENCY = 5

/**
 * Hands the messages of a queue to a function in batches, the moment they are visible.
 *
 * What a batch did not fail is deleted after it; what it failed comes back, by default after the queue's visibility
 * timeout, and counts as a receive.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export class EventSourceMapping {
  readonly #loaded: LoadedFunction
  readonly #source: SqsEventSource
  readonly #host: HostContext
  readonly #retryDelay: number | undefined
  readonly #queue: string
  readonly #running = new Set<Promise<void>>()
  readonly #leave: () => void
  #gathered: ReceivedMessage[] = []
  #gatherUntil = 0
  #timer: NodeJS.Timeout | undefined
  #pending: NodeJS.Immediate | undefined

  /** Starts polling. @param retryDelay milliseconds until a failed message comes back, instead of the queue's timeout */
  constructor(
    loaded: LoadedFunction,
    source: SqsEventSource,
    host: HostContext,
    retryDelay: number | undefined,
  ) {
    this.#loaded = loaded
    this.#source = source
    this.#host = host
    this.#retryDelay = retryDelay
    this.#queue = localQueueName(source.queue)
    this.#leave = host.queues.onMessage(this.#queue, () => this.#wake())
    this.#wake()
  }

  /** Takes no more messages; resolves when the batches at work have ended. */
  async stop(): Promise<void> {
    this.#leave()
    clearTimeout(this.#timer)
    clearImmediate(this.#pending)
    this.#settle(this.#gathered, () => 0)
    await Promise.all(this.#running)
  }

  /** Polls soon: never in the turn of the sender, and once for all that is sent in it. */
  #wake(): void {
    this.#pending ??= setImmediate(() => {
      this.#pending = undefined
      if (!this.#host.stopping.aborted && this.#host.queues.has(this.#queue)) this.#poll()
    })
  }

  #poll(): void {
    clearTimeout(this.#timer)
    const limit = this.#source.maximumConcurrency ?? LAMBDAS_FIRST_CONCURRENCY
    while (this.#running.size < limit) {
      if (!this.#gather()) {
        this.#wakeLater()
        return
      }
      this.#launch()
    }
  }

  /** Whether a batch is ready: full, or waited for long enough. */
  #gather(): boolean {
    const { batchSize, maximumBatchingWindow = 0 } = this.#source
    const now = this.#host.now()
    if (this.#gathered.length === 0) this.#gatherUntil = now + maximumBatchingWindow * 1000
    this.#gathered.push(...this.#host.queues.receive(this.#queue, batchSize - this.#gathered.length))
    if (this.#gathered.length === 0) return false
    return this.#gathered.length === batchSize || now >= this.#gatherUntil
  }

  #wakeLater(): void {
    const visibleAt = this.#host.queues.nextVisibleAt(this.#queue)
    const gathering = this.#gathered.length > 0 ? this.#gatherUntil : Number.POSITIVE_INFINITY
    const at = Math.min(visibleAt ?? Number.POSITIVE_INFINITY, gathering)
    if (at === Number.POSITIVE_INFINITY) return
    this.#timer = setTimeout(() => this.#wake(), Math.max(1, at - this.#host.now()))
  }

  #launch(): void {
    const batch = this.#gathered
    this.#gathered = []
    const running = this.#process(batch).finally(() => {
      this.#running.delete(running)
      if (!this.#host.stopping.aborted) this.#wake()
    })
    this.#running.add(running)
  }

  async #process(batch: readonly ReceivedMessage[]): Promise<void> {
    const { queues, now, report } = this.#host
    const event = sqsEvent(batch, queues.arn(this.#queue), queues.identity.region)
    const outcome = await invoke(this.#loaded, event, queues.identity, now)
    const { failures, ...ended } = this.#judge(batch, outcome)
    this.#settle(batch, message => (failures.has(message.messageId) ? this.#retryDelay : 'delete'))
    report({ ...ended, ...(failures.size > 0 && { failedItems: failures.size }) })
  }

  /** Deletes a message, or brings it back in so many milliseconds, or (undefined) after the queue's own timeout. */
  #settle(
    messages: readonly ReceivedMessage[],
    fateOf: (message: ReceivedMessage) => 'delete' | number | undefined,
  ): void {
    const { queues } = this.#host
    if (!queues.has(this.#queue)) return // somebody deleted the queue, and its messages with it
    for (const message of messages) {
      const fate = fateOf(message)
      if (fate === 'delete') queues.delete(this.#queue, message.receiptHandle)
      else if (fate !== undefined) queues.changeVisibility(this.#queue, message.receiptHandle, fate / 1000)
    }
  }

  #judge(
    batch: readonly ReceivedMessage[],
    outcome: Outcome,
  ): InvocationReport & { readonly failures: BatchItemFailures } {
    const report = reportOf(this.#loaded.definition.name, outcome)
    const all = batch.map(message => message.messageId)
    if (outcome.status === 'failed') return { ...report, failures: new Set(all) }
    if (!this.#source.reportBatchItemFailures) return { ...report, failures: new Set() }
    try {
      return { ...report, failures: readBatchResponse(outcome.response, all) }
    } catch (error) {
      return { ...report, error, failures: new Set(all) }
    }
  }
}

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changeVisibility, deleteMessage } from '../../../src/local/sqs/in-flight.ts'
import type { Ledger } from '../../../src/local/sqs/ledger.ts'
import { completeDefinition } from '../../../src/local/sqs/queue-definition.ts'
import type { QueueEntry } from '../../../src/local/sqs/queue-entry.ts'
import { QueueStore } from '../../../src/local/sqs/queue-store.ts'
import { readReceiptHandle } from '../../../src/local/sqs/receipt-handle.ts'
import { receiveMessages } from '../../../src/local/sqs/receive.ts'
import { sendMessage } from '../../../src/local/sqs/send.ts'
import { NaiveQueues, type NaiveSettings } from './naive-queues.ts'

const SETTINGS: NaiveSettings = { visibilityTimeout: 30, retention: 300, maxReceiveCount: 2 }

type Step =
  | { readonly do: 'send'; readonly delay: number }
  | { readonly do: 'receive'; readonly from: 'main' | 'dead'; readonly max: number }
  | { readonly do: 'delete'; readonly handle: number }
  | { readonly do: 'hide'; readonly handle: number; readonly seconds: number }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'restart' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('send' as const), delay: fc.constantFrom(0, 0, 0, 45) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      from: fc.constantFrom('main' as const, 'main' as const, 'dead' as const),
      max: fc.integer({ min: 1, max: 10 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), handle: fc.nat(40) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('hide' as const),
      handle: fc.nat(40),
      seconds: fc.constantFrom(0, 1, 100),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 30, 45) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)

/** The queues under test, over a journal in memory. */
class Subject {
  #entries: QueueEntry[] = []
  #store = new QueueStore(name => `arn:${name}`)

  constructor() {
    const redrive = { maxReceiveCount: SETTINGS.maxReceiveCount, deadLetterQueue: 'dead' }
    this.ledger.commit(['queue', completeDefinition({ name: 'main', ...SETTINGS, redrive })])
    this.ledger.commit(['queue', completeDefinition({ name: 'dead', ...SETTINGS })])
  }

  get ledger(): Ledger {
    return {
      store: this.#store,
      commit: entry => {
        this.#store.apply(entry)
        this.#entries.push(JSON.parse(JSON.stringify(entry)))
      },
    }
  }

  /** Forgets everything but the journal; every second time the compacted one. */
  restart(compact: boolean): void {
    const entries = compact ? JSON.parse(JSON.stringify([...this.#store.snapshot()])) : this.#entries
    this.#entries = [...entries]
    this.#store = new QueueStore(name => `arn:${name}`)
    for (const entry of this.#entries) this.#store.apply(entry)
  }
}

it('does what a naive model does, restarts and compactions included', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), steps => run(steps)),
    { numRuns: 400 },
  )
})

function run(steps: readonly Step[]): void {
  const subject = new Subject()
  const model = new NaiveQueues(SETTINGS)
  const handles: string[] = []
  let now = 0
  for (const [index, step] of steps.entries()) {
    const { ledger } = subject
    if (step.do === 'wait') now += step.seconds * 1000
    else if (step.do === 'restart') subject.restart(index % 2 === 0)
    else if (step.do === 'send') {
      sendMessage(ledger, 'main', { messageId: `m${index}`, body: 'x', delay: step.delay }, now)
      model.send(`m${index}`, step.delay, now)
    } else if (step.do === 'receive') {
      const messages = receiveMessages(ledger, step.from, { max: step.max, senderId: 's' }, now)
      const delivered = messages.map(it => `${it.messageId}#${it.attributes.ApproximateReceiveCount}`)
      expect(delivered).toEqual(model.receive(step.from, step.max, now))
      handles.push(...messages.map(it => it.receiptHandle))
    } else actOnHandle(step, handles[step.handle], ledger, model, now)
  }
  for (const name of ['main', 'dead'] as const) {
    const left = [...(subject.ledger.store.get(name)?.messages() ?? [])].map(it => it.messageId)
    expect(left.sort()).toEqual(model[name].map(it => it.id).sort())
  }
}

function actOnHandle(
  step: Extract<Step, { do: 'delete' | 'hide' }>,
  handle: string | undefined,
  ledger: Ledger,
  model: NaiveQueues,
  now: number,
): void {
  const receipt = handle === undefined ? undefined : readReceiptHandle(handle)
  if (handle === undefined || receipt === undefined) return
  const queue = receipt.queue === 'main' ? 'main' : 'dead'
  if (step.do === 'delete') {
    deleteMessage(ledger, queue, handle)
    model.delete(queue, receipt.messageId, receipt.receiveCount)
  } else {
    const expected = model.changeVisibility(queue, receipt.messageId, receipt.receiveCount, step.seconds, now)
    expect(changeVisibility(ledger, queue, handle, now + step.seconds * 1000, now)).toBe(expected)
  }
}

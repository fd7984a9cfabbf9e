import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type FunctionHost,
  type FunctionHostOptions,
  startFunctionHost,
} from '../../../src/local/functions/function-host.ts'
import type { InvocationReport } from '../../../src/local/functions/host-context.ts'
import type { LambdaContext } from '../../../src/local/functions/lambda-context.ts'
import type { FunctionDefinition } from '../../../src/local/functions/serverless-file.ts'
import { openQueues, temporaryFolder } from '../sqs/local-sqs.ts'

/** An invocation as the handler saw it. */
export interface Call {
  readonly event: { readonly Records: readonly Readonly<Record<string, unknown>>[] }
  readonly context: LambdaContext
}

/** A list that can be waited for. */
class Arrivals<Item> {
  readonly items: Item[] = []
  #waiting: (() => void)[] = []

  add(item: Item): void {
    this.items.push(item)
    for (const wake of this.#waiting.splice(0)) wake()
  }

  /** The first so many, as soon as they are there. */
  async first(count: number): Promise<readonly Item[]> {
    while (this.items.length < count) await new Promise<void>(resolve => this.#waiting.push(resolve))
    return this.items.slice(0, count)
  }
}

export const JOBS = { type: 'sqs', queue: 'Jobs', batchSize: 10, reportBatchItemFailures: false } as const

/** A function "f" in functions/f.ts on the queue "Jobs". */
export function functionF(settings: Partial<FunctionDefinition> = {}): FunctionDefinition {
  return {
    name: 'f',
    handler: 'functions/f.handler',
    timeout: 5,
    environment: {},
    events: [JOBS],
    ...settings,
  }
}

/**
 * A folder with queues "jobs" (DLQ after two receives) and "dead", and functions to be loaded from it. In their source
 * `called(event, context)` is at hand: it records the call and gives what `answer` says.
 */
export function stage(answer: (call: Call, number: number) => unknown = () => undefined) {
  const folder = temporaryFolder()
  const { queues, journal } = openQueues(folder.path)
  queues.create({
    name: 'jobs',
    visibilityTimeout: 30,
    redrive: { maxReceiveCount: 2, deadLetterQueue: 'dead' },
  })
  queues.create({ name: 'dead', visibilityTimeout: 30 })
  const calls = new Arrivals<Call>()
  const reports = new Arrivals<InvocationReport>()
  const hosts: FunctionHost[] = []
  const called = (event: Call['event'], context: LambdaContext) => {
    calls.add({ event, context })
    return answer({ event, context }, calls.items.length)
  }
  Object.assign(globalThis, { called })
  const write = (name: string, source: string) => {
    mkdirSync(join(folder.path, 'functions'), { recursive: true })
    writeFileSync(join(folder.path, 'functions', name), source)
  }
  write('f.ts', 'export const handler = async (event: object, context: object) => called(event, context)\n')
  return {
    ...{ folder: folder.path, queues, calls, reports, write },
    async start(
      functions = [functionF()],
      options: Partial<FunctionHostOptions> = {},
    ): Promise<FunctionHost> {
      const host = await startFunctionHost({
        functions,
        ...{ root: folder.path, environment: {}, queues, now: Date.now },
        onInvocation: report => reports.add(report),
        ...options,
      })
      hosts.push(host)
      return host
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(hosts.map(host => host.stop()))
      journal.close()
      folder[Symbol.dispose]()
    },
  }
}

export const bodiesOf = (call: Call | undefined) => call?.event.Records.map(record => record['body'])

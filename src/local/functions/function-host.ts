import { BatchwiseError } from '../../core/errors.ts'
import type { QueueCommands } from '../sqs/queues.ts'
import type { Now } from '../wire/face.ts'
import { invokeAsynchronously, LAMBDAS_RETRY_DELAYS } from './async-invocation.ts'
import { EventSourceMapping } from './event-source-mapping.ts'
import type { SqsEventSource } from './function-events.ts'
import type { HostContext, InvocationReport } from './host-context.ts'
import { type LoadedFunction, loadFunction } from './load-function.ts'
import { localQueueName } from './queue-resources.ts'
import { rateInterval } from './rate.ts'
import { runSchedule, type Schedule } from './schedule.ts'
import type { FunctionDefinition } from './serverless-file.ts'

export interface FunctionHostOptions {
  readonly functions: readonly FunctionDefinition[]
  /** The folder that handler paths start from. */
  readonly root: string
  /** All settings of all functions, resolved; they are set on process.env before any function is imported. */
  readonly environment: Readonly<Record<string, string>>
  readonly queues: QueueCommands
  readonly now: Now
  /** Told of each invocation when it has ended. */
  readonly onInvocation?: (report: InvocationReport) => void
  /**
   * Milliseconds until a message whose batch failed comes back.
   * @default the visibility timeout of its queue, as on AWS
   */
  readonly retryDelay?: number
  /**
   * Milliseconds before each further try of a failed asynchronous invocation.
   * @default [60000, 120000]
   */
  readonly asyncRetryDelays?: readonly number[]
  /**
   * Milliseconds that `stop` waits for running invocations.
   * @default 5000
   */
  readonly stopTimeout?: number
}

export interface FunctionHost {
  /**
   * Invokes a function as Lambda does for EventBridge Scheduler: nobody waits, failures are tried again, and an event
   * that was not yet handled is lost with the process. Resolves when the event is handled or given up.
   * @throws BatchwiseError E_FUNCTION_UNKNOWN
   */
  invoke(functionName: string, event: unknown): Promise<void>
  /** Takes no more events and waits, for a bounded time, until running invocations have ended. */
  stop(): Promise<void>
}

/**
 * Loads the functions and invokes them as Lambda does: at least once for each message, batches at most once at a time
 * per `maximumConcurrency`, schedules from now on. Messages that an earlier process received and did not finish are
 * visible at once: their receivers are dead.
 *
 * @throws BatchwiseError E_FUNCTION_LOAD for a function that cannot be imported, E_VISIBILITY_TIMEOUT for a queue
 * whose messages would come back while the function may still run
 * @throws AwsError QueueDoesNotExist for a queue that has not been created
 */
export async function startFunctionHost(options: FunctionHostOptions): Promise<FunctionHost> {
  Object.assign(process.env, options.environment)
  const functions: LoadedFunction[] = []
  for (const definition of options.functions) functions.push(await loadFunction(definition, options.root))
  const stopping = new AbortController()
  const host: HostContext = {
    queues: options.queues,
    now: options.now,
    stopping: stopping.signal,
    report: options.onInvocation ?? (() => undefined),
  }
  return startEvents(functions, host, stopping, options)
}

function startEvents(
  functions: readonly LoadedFunction[],
  host: HostContext,
  stopping: AbortController,
  { retryDelay, asyncRetryDelays = LAMBDAS_RETRY_DELAYS, stopTimeout = 5000 }: FunctionHostOptions,
): FunctionHost {
  const running = new Set<Promise<void>>()
  const fire = (loaded: LoadedFunction, eventOf: () => unknown) =>
    invokeAsynchronously(loaded, eventOf, host, asyncRetryDelays)
  const scheduled = functions.flatMap(loaded => schedulesOf(loaded).map(schedule => ({ loaded, schedule })))
  const mappings = startMappings(functions, host, retryDelay)
  const schedules = scheduled.map(({ loaded, schedule }) =>
    runSchedule(schedule, host, eventOf => fire(loaded, eventOf)),
  )
  return {
    invoke(functionName, event) {
      const loaded = functions.find(it => it.definition.name === functionName)
      if (loaded === undefined) throw unknownFunction(functionName, functions)
      return track(
        running,
        fire(loaded, () => structuredClone(event)),
      )
    },
    async stop() {
      stopping.abort()
      await atMost(
        stopTimeout,
        Promise.all([...running, ...schedules, ...mappings.map(mapping => mapping.stop())]),
      )
    },
  }
}

function startMappings(
  functions: readonly LoadedFunction[],
  host: HostContext,
  retryDelay: number | undefined,
): readonly EventSourceMapping[] {
  const mapped = functions.flatMap(loaded => sqsSourcesOf(loaded).map(source => ({ loaded, source })))
  for (const { loaded, source } of mapped) checkVisibilityTimeout(loaded, source, host.queues)
  return mapped.map(({ loaded, source }) => {
    host.queues.release(localQueueName(source.queue))
    return new EventSourceMapping(loaded, source, host, retryDelay)
  })
}

/** Lambda refuses such a mapping too. */
function checkVisibilityTimeout(loaded: LoadedFunction, source: SqsEventSource, queues: QueueCommands): void {
  const { name, timeout } = loaded.definition
  const { visibilityTimeout } = queues.queue(localQueueName(source.queue)).definition
  if (visibilityTimeout >= timeout) return
  throw new BatchwiseError(
    'E_VISIBILITY_TIMEOUT',
    `Queue ${source.queue} hides its messages for ${visibilityTimeout} s, shorter than the timeout of function ` +
      `"${name}", ${timeout} s. Set its VisibilityTimeout to six times the function's timeout.`,
  )
}

function sqsSourcesOf(loaded: LoadedFunction): readonly SqsEventSource[] {
  return loaded.definition.events.filter(event => event.type === 'sqs')
}

function schedulesOf(loaded: LoadedFunction): readonly Schedule[] {
  const functionName = loaded.definition.name
  return loaded.definition.events
    .filter(event => event.type === 'schedule')
    .flatMap(({ rates, input }) =>
      rates.map(rate => ({ functionName, interval: checkedInterval(loaded, rate), input })),
    )
}

function checkedInterval({ definition }: LoadedFunction, rate: string): number {
  const interval = rateInterval(rate)
  if (interval !== undefined) return interval
  throw new BatchwiseError(
    'E_RATE',
    `Function "${definition.name}": ${rate} is no rate. Write rate(1 minute).`,
  )
}

function unknownFunction(name: string, functions: readonly LoadedFunction[]): BatchwiseError {
  const known = functions.map(({ definition }) => definition.name).join(', ')
  return new BatchwiseError('E_FUNCTION_UNKNOWN', `There is no function "${name}". There are: ${known}.`)
}

function track(running: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  running.add(work)
  return work.finally(() => running.delete(work))
}

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  await Promise.race([work, over])
  clearTimeout(timer)
}

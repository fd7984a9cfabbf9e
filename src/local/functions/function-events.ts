import type { Located } from './located.ts'
import { rateInterval } from './rate.ts'

/** Messages of a queue, handed to a function in batches. */
export interface SqsEventSource {
  readonly type: 'sqs'
  /** Logical id of the queue. */
  readonly queue: string
  readonly batchSize: number
  /** Seconds to wait for a batch to fill. @default 0 */
  readonly maximumBatchingWindow?: number
  /** Batches at work at once. @default 5, with which Lambda begins */
  readonly maximumConcurrency?: number
  /** Whether the function answers which messages failed; else one failure fails the batch. */
  readonly reportBatchItemFailures: boolean
}

/** A clock that invokes a function. */
export interface ScheduleEventSource {
  readonly type: 'schedule'
  /** `rate(1 minute)` and the like. */
  readonly rates: readonly string[]
  /** The event, instead of EventBridge Scheduler's own. */
  readonly input?: unknown
}

export type FunctionEventSource = SqsEventSource | ScheduleEventSource

/** Reads the list `events` of a function; disabled ones are left out. */
export function readEventSources(events: Located): readonly FunctionEventSource[] {
  return events.items().flatMap(event => {
    const [[type, source] = [], ...more] = event.entries()
    if (type === undefined || source === undefined || more.length > 0) {
      throw event.refuse('expected one event type with its settings.')
    }
    return source.get('enabled').value === false ? [] : [readEventSource(type, source)]
  })
}

function readEventSource(type: string, source: Located): FunctionEventSource {
  switch (type) {
    case 'sqs':
      return readSqs(source)
    case 'schedule':
      return readSchedule(source)
    default:
      throw source.refuse(
        `local mode does not support the event type "${type}". It supports sqs and schedule; let an EventBridge rule send to a queue.`,
      )
  }
}

function readSqs(source: Located): SqsEventSource {
  refuseSettings(source, ['filterPatterns'])
  const batchSize = source.get('batchSize').number([1, 10_000], 10)
  const maximumBatchingWindow = source.get('maximumBatchingWindow').number([0, 300], undefined)
  const maximumConcurrency = source.get('maximumConcurrency').number([2, 1000], undefined)
  const responseType = source.get('functionResponseType')
  if (!responseType.isAbsent && responseType.value !== 'ReportBatchItemFailures') {
    throw responseType.refuse('expected ReportBatchItemFailures.')
  }
  return {
    type: 'sqs',
    queue: readQueueArn(source.get('arn')),
    batchSize,
    ...(maximumBatchingWindow !== undefined && { maximumBatchingWindow }),
    ...(maximumConcurrency !== undefined && { maximumConcurrency }),
    reportBatchItemFailures: !responseType.isAbsent,
  }
}

function readSchedule(source: Located): ScheduleEventSource {
  refuseSettings(source, ['inputPath', 'inputTransformer'])
  const settings = typeof source.value === 'string' ? source : source.get('rate')
  const rates = Array.isArray(settings.value) ? settings.items() : [settings]
  const input = source.get('input')
  return { type: 'schedule', rates: rates.map(readRate), ...(!input.isAbsent && { input: input.value }) }
}

function readRate(rate: Located): string {
  if (rateInterval(rate.text()) === undefined) {
    throw rate.refuse(
      `local mode does not run the schedule ${rate.text()}. It runs rate(1 minute), rate(2 hours) and rate(3 days).`,
    )
  }
  return rate.text()
}

/** The logical id in `!GetAtt Queue.Arn`. @throws BatchwiseError for anything else */
export function readQueueArn(arn: Located): string {
  const attribute = arn.get('Fn::GetAtt').value
  const [logicalId, name] = Array.isArray(attribute) ? attribute : String(attribute ?? '').split('.')
  if (typeof logicalId !== 'string' || logicalId === '' || name !== 'Arn') {
    throw arn.refuse('expected !GetAtt <queue>.Arn of a queue in resources.')
  }
  return logicalId
}

function refuseSettings(source: Located, names: readonly string[]): void {
  const name = names.find(it => !source.get(it).isAbsent)
  if (name !== undefined) throw source.get(name).refuse(`local mode does not support ${name}. Leave it out.`)
}

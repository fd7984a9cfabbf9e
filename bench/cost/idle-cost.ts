import type { Workflow } from '../../src/core/workflow/workflow.ts'
import { isNeeded } from '../../src/deploy/service/needed.ts'
import type { FunctionDefinition, ServerlessFile } from '../../src/local/functions/serverless-file.ts'
import { PRICES } from './prices.ts'
import type { Item } from './run-cost.ts'

const MINUTES = 30 * 24 * 60
/** Lambda keeps so many long polls of 20 s open on a queue without messages. */
const POLLS_PER_MINUTE = 5 * 3
const DUE_SHARDS = 8
const SWEEP_SECONDS = 0.05

/** What of an item an account has for nothing, every month and not only in its first year. */
const FREE = {
  alarmMetrics: 10,
  dashboards: 3,
  sqsRequests: 1e6,
  lambdaRequests: 1e6,
  lambdaGbSeconds: 400_000,
  schedulerInvocations: 14e6,
  logGigabytes: 5,
} as const

export interface IdleItem extends Item {
  /** Dollars, where nothing else in the account uses what is free. */
  readonly beyondFree: number
}

/** What a month costs in which nothing runs, with these workflows deployed. */
export function idleCost(
  { functions, queues }: ServerlessFile,
  workflows: readonly Workflow[],
  alarms: 'all' | 'few' = 'all',
): readonly IdleItem[] {
  const needed = functions.filter(it => isNeeded({ name: it.name, queues: queuesOf(it) }, workflows))
  const polled = needed.flatMap(queuesOf).length
  // One for each dead-letter queue and for the sweep; errors and throttles of each function.
  const watched = queues.filter(({ redrive }) => redrive === undefined).length + 1
  const metrics = watched + (alarms === 'all' ? 2 * needed.length : 0)
  return [
    item('Metrics of alarms', metrics, PRICES.alarmMetricMonth, FREE.alarmMetrics),
    item('Dashboard', 1, PRICES.dashboardMonth, FREE.dashboards),
    item(
      `SQS requests of waiting pollers, ${polled} queues`,
      polled * POLLS_PER_MINUTE * MINUTES,
      PRICES.sqsRequest,
      FREE.sqsRequests,
    ),
    item(
      'Sweeps: Lambda GB-seconds',
      MINUTES * SWEEP_SECONDS * 0.5,
      PRICES.lambdaGbSecond,
      FREE.lambdaGbSeconds,
    ),
    item('Sweeps: Lambda requests', MINUTES, PRICES.lambdaRequest, FREE.lambdaRequests),
    item('Sweeps: DynamoDB read units', MINUTES * DUE_SHARDS * 0.5, PRICES.dynamoReadUnit),
    item('Sweeps: Scheduler invocations', MINUTES, PRICES.schedulerInvocation, FREE.schedulerInvocations),
    item('Logs of sweeps, GB', (MINUTES * 600) / 1e9, PRICES.logGigabyte, FREE.logGigabytes),
  ]
}

function item(what: string, count: number, price: number, free = 0): IdleItem {
  return { what, count, dollars: count * price, beyondFree: Math.max(0, count - free) * price }
}

function queuesOf({ events }: FunctionDefinition): readonly string[] {
  return events.flatMap(event => (event.type === 'sqs' ? [event.queue] : []))
}

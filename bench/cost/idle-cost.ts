import type { ServerlessFile } from '../../src/local/functions/serverless-file.ts'
import { PRICES } from './prices.ts'
import type { Item } from './run-cost.ts'

const MINUTES = 30 * 24 * 60
/** Lambda keeps so many long polls of 20 s open on a queue without messages. */
const POLLS_PER_MINUTE = 5 * 3
const DUE_SHARDS = 8
const SWEEP_SECONDS = 0.05
const FREE_ALARM_METRICS = 10

/** What a month costs in which nothing runs; free tiers left out, but for the ten alarm metrics and custom metrics. */
export function idleCost({ functions, queues }: ServerlessFile): readonly Item[] {
  const polled = functions.flatMap(({ events }) => events).filter(({ type }) => type === 'sqs').length
  // One for each dead-letter queue and for the sweep; errors and throttles of each function.
  const alarms = queues.filter(({ redrive }) => redrive === undefined).length + 1 + 2 * functions.length
  const item = (what: string, count: number, price: number): Item => ({
    what,
    count,
    dollars: count * price,
  })
  return [
    item(
      'Alarm metrics over the 10 that are free',
      Math.max(0, alarms - FREE_ALARM_METRICS),
      PRICES.alarmMetricMonth,
    ),
    item('SQS requests of waiting pollers', polled * POLLS_PER_MINUTE * MINUTES, PRICES.sqsRequest),
    item('Sweeps: Lambda GB-seconds', MINUTES * SWEEP_SECONDS * 0.5, PRICES.lambdaGbSecond),
    item('Sweeps: Lambda requests', MINUTES, PRICES.lambdaRequest),
    item('Sweeps: DynamoDB read units', MINUTES * DUE_SHARDS * 0.5, PRICES.dynamoReadUnit),
    item('Sweeps: Scheduler invocations', MINUTES, PRICES.schedulerInvocation),
    item('Logs of sweeps, GB', (MINUTES * 600) / 1e9, PRICES.logGigabyte),
  ]
}

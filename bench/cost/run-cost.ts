import { capacityOf } from './capacity.ts'
import { ASSUMED, PRICES } from './prices.ts'
import type { SeenRequest } from './requests.ts'

export interface Item {
  readonly what: string
  readonly count: number
  readonly dollars: number
}

export interface Counted {
  readonly runs: number
  readonly requests: readonly SeenRequest[]
  readonly invocations: number
  /** Messages that rules send to queues: one for each object and each ended job. */
  readonly events: number
}

const PER = 1000

/** What a thousand runs cost, without the jobs themselves and without logs. */
export function costOfRuns({ runs, requests, invocations, events }: Counted): readonly Item[] {
  const scale = PER / runs
  const table = requests.filter(({ service }) => service === 'dynamodb').map(capacityOf)
  const sends = requests.filter(
    ({ service, operation }) => service === 'sqs' && operation === 'SendMessage',
  ).length
  const announced = requests.filter(({ operation }) => operation === 'PutEvents').length
  // A message is sent, received and deleted; in batches of one at worst.
  const queueRequests = sends + events + 2 * invocations
  const item = (what: string, count: number, price: number): Item => ({
    what,
    count: count * scale,
    dollars: count * scale * price,
  })
  return [
    item('DynamoDB write units', sum(table.map(({ writeUnits }) => writeUnits)), PRICES.dynamoWriteUnit),
    item('DynamoDB read units', sum(table.map(({ readUnits }) => readUnits)), PRICES.dynamoReadUnit),
    item('SQS requests', queueRequests, PRICES.sqsRequest),
    item('Lambda requests', invocations, PRICES.lambdaRequest),
    item(
      `Lambda GB-seconds, ${ASSUMED.invocationSeconds * 1000} ms each`,
      invocations * ASSUMED.invocationSeconds * ASSUMED.memoryGb,
      PRICES.lambdaGbSecond,
    ),
    item('EventBridge events of S3', runs, PRICES.eventBridgeEvent),
    item('EventBridge events of ours', announced, PRICES.eventBridgeEvent),
    item('Batch requests (free)', requests.filter(({ service }) => service === 'batch').length, 0),
  ]
}

export function totalOf(items: readonly Item[]): number {
  return sum(items.map(({ dollars }) => dollars))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

import { gunzipSync, gzipSync } from 'node:zlib'
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { memberKey } from '../core/collect/collect-writes.ts'
import type { Member } from '../core/collect/collection.ts'
import type { Definition } from '../core/run/definition.ts'
import { type ItemKey, type ItemWrite, jobKey, runKey } from '../core/run/item-write.ts'
import type { JobRecord } from '../core/run/job-record.ts'
import type { Run } from '../core/run/run.ts'
import type { RunStore } from '../ports.ts'
import { expressionsOf } from './condition-expression.ts'
import { type Item, storedPart } from './stored-item.ts'
import {
  DUE_INDEX,
  DUE_SHARDS,
  dueShard,
  indexAttributes,
  WAITING_INDEX,
  WORKFLOW_INDEX,
  workflowMonth,
} from './table.ts'

/** What a person asks of the table, beside what the service needs. */
export interface RunHistory {
  /** Ids of a workflow's runs of one month, newest first. */
  runsOf(workflow: string, month: number, limit: number): Promise<readonly string[]>
}

/** Runs in one DynamoDB table, by single-item conditional writes and consistent reads. */
export function createRunStore(client: DynamoDBDocumentClient, table: string): RunStore & RunHistory {
  return {
    readRun: runId => read<Run>(runKey(runId)),
    readJob: (runId, job) => read<JobRecord>(jobKey(runId, job)),

    async load(runId) {
      // Backwards, `run` comes before `job#...`: a job's record is never older than the run it is judged by.
      const [run, ...jobs] = await query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': runKey(runId).pk },
        ScanIndexForward: false,
        ConsistentRead: true,
      })
      if (run?.['sk'] !== 'run') return undefined
      return { run: storedPart<Run>(run), jobs: jobs.map(item => storedPart<JobRecord>(item)) }
    },

    readItem: key => read(key),

    write,

    async putDefinition(definition) {
      const data = gzipSync(JSON.stringify(definition))
      await client.send(
        new PutCommand({ TableName: table, Item: { ...definitionKey(definition.hash), data } }),
      )
    },

    async readDefinition(hash) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: definitionKey(hash) }))
      if (Item === undefined) return undefined
      return JSON.parse(gunzipSync(Item['data'] as Uint8Array).toString('utf8')) as Definition
    },

    async members(runId) {
      const items = await query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': memberKey(runId, '').pk },
        ConsistentRead: true,
      })
      return items.map(item => storedPart<Member>(item))
    },

    async waiting(slotKey, limit) {
      const items = await query(
        {
          IndexName: WAITING_INDEX,
          KeyConditionExpression: 'waitingFor = :slot',
          ExpressionAttributeValues: { ':slot': slotKey },
          Limit: limit,
        },
        limit,
      )
      return items.map(runIdOfItem)
    },

    async dueRuns(now) {
      const shards = Array.from({ length: DUE_SHARDS }, (_, shard) =>
        query({
          IndexName: DUE_INDEX,
          KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
          ExpressionAttributeValues: { ':shard': dueShard(shard), ':now': now },
        }),
      )
      return (await Promise.all(shards)).flat().map(runIdOfItem)
    },

    async runsOf(workflow, month, limit) {
      const items = await query(
        {
          IndexName: WORKFLOW_INDEX,
          KeyConditionExpression: 'workflowMonth = :month',
          ExpressionAttributeValues: { ':month': workflowMonth(workflow, month) },
          ScanIndexForward: false,
          Limit: limit,
        },
        limit,
      )
      return items.map(runIdOfItem)
    },
  }

  async function read<Stored>(key: ItemKey): Promise<Stored | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))
    return Item && storedPart<Stored>(Item)
  }

  async function query(
    input: Omit<QueryCommandInput, 'TableName'>,
    limit = Number.POSITIVE_INFINITY,
  ): Promise<Item[]> {
    const items: Item[] = []
    let start: Record<string, unknown> | undefined
    do {
      const page = await client.send(
        new QueryCommand({ TableName: table, ...input, ...(start && { ExclusiveStartKey: start }) }),
      )
      items.push(...(page.Items ?? []))
      start = page.LastEvaluatedKey
    } while (start !== undefined && items.length < limit)
    return items
  }

  async function write(change: ItemWrite): Promise<boolean> {
    try {
      if (change.mode === 'replace') await client.send(putOf(change, table))
      else await client.send(updateOf(change, table))
      return true
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false
      throw error
    }
  }
}

function putOf(write: ItemWrite, table: string): PutCommand {
  const { condition, names, values } = expressionsOf(write)
  return new PutCommand({
    TableName: table,
    Item: { ...write.set, ...newRunAttributes(write.set), ...write.key },
    ConditionExpression: condition,
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  })
}

function updateOf(write: ItemWrite, table: string): UpdateCommand {
  const { condition, update, names, values } = expressionsOf(write)
  return new UpdateCommand({
    TableName: table,
    Key: { ...write.key },
    ConditionExpression: condition,
    ExpressionAttributeNames: names,
    ...(update && { UpdateExpression: update }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  })
}

function newRunAttributes(set: ItemWrite['set']): Readonly<Record<string, string>> {
  return isRun(set) ? indexAttributes(set) : {}
}

/** A whole run, as only its start writes it. */
function isRun(set: ItemWrite['set']): set is ItemWrite['set'] & Run {
  const { runId, workflow, createdAt, trigger } = set
  const isObject = typeof trigger === 'object' && trigger !== null
  return (
    isObject && typeof runId === 'string' && typeof workflow === 'string' && typeof createdAt === 'number'
  )
}

function runIdOfItem(item: Item): string {
  return String(item['pk']).slice('run#'.length)
}

function definitionKey(hash: string): ItemKey {
  return { pk: `definition#${hash}`, sk: 'definition' }
}

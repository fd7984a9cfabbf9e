import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import { memberKey } from '../core/collect/collect-writes.ts'
import type { Member } from '../core/collect/collection.ts'
import { runKey } from '../core/run/item-write.ts'
import type { JobRecord } from '../core/run/job-record.ts'
import type { Run } from '../core/run/run.ts'
import type { RunStore } from '../ports.ts'
import { createItemStore } from './dynamo-item-store.ts'
import { type Item, storedPart } from './stored-item.ts'
import { DUE_INDEX, DUE_SHARDS, dueShard, WAITING_INDEX, WORKFLOW_INDEX, workflowMonth } from './table.ts'

/** What a person asks of the table, beside what the service needs. */
export interface RunHistory {
  /** Ids of a workflow's runs of one month, newest first. */
  runsOf(workflow: string, month: number, limit: number): Promise<readonly string[]>
}

/** Runs in one DynamoDB table, by single-item conditional writes and consistent reads. */
export function createRunStore(client: DynamoDBDocumentClient, table: string): RunStore & RunHistory {
  return {
    ...createItemStore(client, table),

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
}

function runIdOfItem(item: Item): string {
  return String(item['pk']).slice('run#'.length)
}

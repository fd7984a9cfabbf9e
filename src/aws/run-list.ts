import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { runKey } from '../core/run/item-write.ts'
import type { Run, RunStatus } from '../core/run/run.ts'
import { type Item, storedPart } from './stored-item.ts'
import {
  CREATED_INDEX,
  createdRun,
  ID_INDEX,
  idHead,
  OBJECT_INDEX,
  objectHash,
  RUN_KIND,
  STATUS_INDEX,
  WORKFLOW_INDEX,
  workflowMonth,
} from './table.ts'

/** Which runs are asked for; newest first. */
export interface RunQuery {
  readonly workflow?: string
  readonly status?: RunStatus
  /** Created at this time or later; milliseconds. */
  readonly since?: number
  /** Only runs created before this one. */
  readonly after?: Pick<Run, 'runId' | 'createdAt'>
  readonly limit: number
}

/** Runs as people look for them. */
export interface RunList {
  /** One query and one read of the runs it names for a page, while nothing has to be filtered out. */
  list(query: RunQuery, now: number): Promise<{ readonly runs: readonly Run[]; readonly more: boolean }>
  /** Ids that begin so, at most `limit`; two letters or more. */
  withPrefix(prefix: string, limit: number): Promise<readonly string[]>
  /** A run of this workflow for an object of this place and content. */
  ofObject(
    workflow: string,
    object: { readonly bucket: string; readonly key: string; readonly etag: string },
  ): Promise<string | undefined>
}

/** BatchGetItem takes at most 100 keys. */
const READ_AT_ONCE = 100
/** Runs are kept 90 days after their end: nothing is looked for in months before these. */
const MONTHS = 6
/** Above every time of the next millennia, and below nothing that could be an id. */
const END = '9'

/** The indexes nominate, the runs themselves are read: what is shown is what the table says now. */
export function createRunList(client: DynamoDBDocumentClient, table: string): RunList {
  return {
    async list(query, now) {
      const runs: Run[] = []
      for (const partition of partitionsOf(query, now)) {
        let start: Item | undefined
        do {
          const { found, next } = await pageOf(partition, query, query.limit + 1 - runs.length, start)
          runs.push(...(await readRuns(found)).filter(run => isWanted(run, query)))
          start = next
        } while (start !== undefined && runs.length <= query.limit)
        if (runs.length > query.limit) break
      }
      return { runs: runs.slice(0, query.limit), more: runs.length > query.limit }
    },

    async withPrefix(prefix, limit) {
      const { Items = [] } = await send({
        IndexName: ID_INDEX,
        KeyConditionExpression: 'idHead = :head AND begins_with(runId, :prefix)',
        ExpressionAttributeValues: { ':head': idHead(prefix), ':prefix': prefix },
        Limit: limit,
      })
      return Items.map(item => String(item['runId']))
    },

    async ofObject(workflow, { bucket, key, etag }) {
      const { Items = [] } = await send({
        IndexName: OBJECT_INDEX,
        KeyConditionExpression: 'objectHash = :hash',
        ExpressionAttributeValues: { ':hash': objectHash(workflow, bucket, key, etag) },
        Limit: 1,
      })
      const [run] = await readRuns(Items.map(item => String(item['pk'])))
      return run?.runId
    },
  }

  async function pageOf(
    { index, key, value }: Partition,
    query: RunQuery,
    wanted: number,
    start: Item | undefined,
  ) {
    const { Items = [], LastEvaluatedKey } = await send({
      IndexName: index,
      KeyConditionExpression: '#key = :key AND createdRun BETWEEN :since AND :until',
      ExpressionAttributeNames: { '#key': key },
      ExpressionAttributeValues: { ':key': value, ...rangeOf(query) },
      ScanIndexForward: false,
      // What a filter leaves out is read too: a full page then, or a rare status takes many calls.
      Limit: needsFilter(query) ? READ_AT_ONCE : Math.min(wanted + (query.after ? 1 : 0), READ_AT_ONCE),
      ...(start && { ExclusiveStartKey: start }),
    })
    const found = Items.map(item => String(item['pk'])).filter(
      pk => pk !== runKey(query.after?.runId ?? '').pk,
    )
    return { found, next: LastEvaluatedKey }
  }

  /** In the order given; those that are gone are left out. Strongly consistent. */
  async function readRuns(pks: readonly string[]): Promise<readonly Run[]> {
    const byKey = new Map<string, Run>()
    for (let keys = pks.map(pk => ({ pk, sk: 'run' })); keys.length > 0; ) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({
          RequestItems: { [table]: { Keys: keys.slice(0, READ_AT_ONCE), ConsistentRead: true } },
        }),
      )
      for (const item of Responses?.[table] ?? []) byKey.set(String(item['pk']), storedPart<Run>(item))
      const unread = (UnprocessedKeys?.[table]?.Keys ?? []) as typeof keys
      keys = [...unread, ...keys.slice(READ_AT_ONCE)]
    }
    return pks.flatMap(pk => byKey.get(pk) ?? [])
  }

  function send(input: Omit<QueryCommandInput, 'TableName'>) {
    return client.send(new QueryCommand({ TableName: table, ...input }))
  }
}

interface Partition {
  readonly index: string
  readonly key: string
  readonly value: string
}

/** Where the runs lie; months newest first. */
function partitionsOf({ workflow, status, since, after }: RunQuery, now: number): readonly Partition[] {
  if (workflow !== undefined) {
    const months = monthsBack(after?.createdAt ?? now, since)
    return months.map(month => ({
      index: WORKFLOW_INDEX,
      key: 'workflowMonth',
      value: workflowMonth(workflow, month),
    }))
  }
  if (status !== undefined) return [{ index: STATUS_INDEX, key: 'status', value: status }]
  return [{ index: CREATED_INDEX, key: 'kind', value: RUN_KIND }]
}

function monthsBack(newest: number, since: number | undefined): readonly number[] {
  const date = new Date(newest)
  const months = Array.from({ length: MONTHS }, (_, back) =>
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1),
  )
  return months.filter((_, back) => back === 0 || since === undefined || (months[back - 1] ?? 0) > since)
}

function rangeOf({ since, after }: RunQuery): Item {
  return {
    ':since': since === undefined ? '0' : new Date(since).toISOString(),
    ':until': after === undefined ? END : createdRun(after.runId, after.createdAt),
  }
}

function needsFilter({ workflow, status }: RunQuery): boolean {
  return workflow !== undefined && status !== undefined
}

/** The index may lag behind a change of status. */
function isWanted(run: Run, { status }: RunQuery): boolean {
  return status === undefined || run.status === status
}

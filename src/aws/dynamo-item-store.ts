import { gunzipSync, gzipSync } from 'node:zlib'
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Definition } from '../core/run/definition.ts'
import { type ItemKey, type ItemWrite, jobKey, runKey } from '../core/run/item-write.ts'
import type { JobRecord } from '../core/run/job-record.ts'
import type { Run } from '../core/run/run.ts'
import type { ItemStore } from '../ports.ts'
import { expressionsOf } from './condition-expression.ts'
import { storedPart } from './stored-item.ts'
import { indexAttributes } from './table.ts'

/** The items of one DynamoDB table, by single-item conditional writes and consistent reads. */
export function createItemStore(client: DynamoDBDocumentClient, table: string): ItemStore {
  return {
    readRun: runId => read<Run>(runKey(runId)),
    readJob: (runId, job) => read<JobRecord>(jobKey(runId, job)),
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
  }

  async function read<Stored>(key: ItemKey): Promise<Stored | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))
    return Item && storedPart<Stored>(Item)
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

function definitionKey(hash: string): ItemKey {
  return { pk: `definition#${hash}`, sk: 'definition' }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, it } from 'vitest'
import { createDynamo } from '../../../src/local/dynamodb/dynamodb.ts'

const RUNS: CreateTableCommandInput = {
  TableName: 'runs',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
}

it('keeps its tables when it is closed and opened again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'batchwise-dynamo-'))
  try {
    await withDynamo(join(folder, 'db'), client => client.send(new CreateTableCommand(RUNS)))
    const { TableNames } = await withDynamo(join(folder, 'db'), client =>
      client.send(new ListTablesCommand({})),
    )
    expect(TableNames).toEqual(['runs'])
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('begins anew when it was killed before its tables were ready', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'batchwise-dynamo-'))
  try {
    await withDynamo(join(folder, 'db'), client => client.send(new CreateTableCommand(RUNS)), 'killed')
    const { TableNames } = await withDynamo(join(folder, 'db'), client =>
      client.send(new ListTablesCommand({})),
    )
    expect(TableNames).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})

async function withDynamo<Result>(
  folder: string,
  use: (client: DynamoDBClient) => Promise<Result>,
  end: 'ready' | 'killed' = 'ready',
): Promise<Result> {
  const dynamo = createDynamo(folder)
  const server = createServer(dynamo.handle).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials,
  })
  try {
    const result = await use(client)
    if (end === 'ready') dynamo.tablesReady()
    return result
  } finally {
    client.destroy()
    await new Promise(resolve => server.close(resolve))
    await dynamo.close()
  }
}

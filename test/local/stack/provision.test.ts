import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescribeTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDynamo, type LocalDynamo } from '../../../src/local/dynamodb/dynamodb.ts'
import { LOCAL_TABLE } from '../../../src/local/stack/local-names.ts'
import { provisionTable } from '../../../src/local/stack/provision.ts'
import { readServerlessStack } from '../../../src/local/stack/serverless-stack.ts'
import { clientSettings } from '../client-settings.ts'

const { table } = readServerlessStack(process.cwd())
let folder: string
let dynamo: LocalDynamo
let server: ReturnType<typeof createServer>
let target: ReturnType<typeof clientSettings>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-provision-'))
  dynamo = createDynamo(folder)
  server = createServer(dynamo.handle).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  target = clientSettings(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
  await dynamo.close()
  await rm(folder, { recursive: true })
})

it('makes a table that can be written to at once, and leaves one that is there alone', async () => {
  const client = new DynamoDBClient(target)
  for (const pk of ['first', 'second']) {
    await provisionTable(target, table)
    await client.send(
      new PutItemCommand({ TableName: LOCAL_TABLE, Item: { pk: { S: pk }, sk: { S: 'run' } } }),
    )
  }
  const { Table } = await client.send(new DescribeTableCommand({ TableName: LOCAL_TABLE }))
  expect(Table).toMatchObject({ TableStatus: 'ACTIVE' })
  const { Items = [] } = await client.send(new ScanCommand({ TableName: LOCAL_TABLE }))
  expect(Items.map(({ pk }) => pk?.S).sort()).toEqual(['first', 'second'])
  client.destroy()
})

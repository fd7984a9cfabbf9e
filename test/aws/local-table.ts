import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { clientTarget } from '../../src/aws/client-target.ts'
import { tableClient } from '../../src/aws/table-client.ts'
import { createDynamo } from '../../src/local/dynamodb/dynamodb.ts'
import { LOCAL_TABLE } from '../../src/local/stack/local-names.ts'
import { provisionTable } from '../../src/local/stack/provision.ts'
import { readServerlessStack } from '../../src/local/stack/serverless-stack.ts'

/** A real table, as serverless.yml has it, in an embedded DynamoDB over HTTP. */
export interface LocalTable {
  readonly client: DynamoDBDocumentClient
  readonly name: string
  readonly endpoint: string
  close(): Promise<void>
}

export async function openTable(): Promise<LocalTable> {
  const folder = await mkdtemp(join(tmpdir(), 'batchwise-table-'))
  const dynamo = createDynamo(folder)
  const server = createServer(dynamo.handle).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  await provisionTable(
    { endpoint, region: 'us-east-1', credentials },
    readServerlessStack(process.cwd()).table,
  )
  const client = tableClient(clientTarget(endpoint, 'us-east-1'))
  return {
    client,
    name: LOCAL_TABLE,
    endpoint,
    async close() {
      client.destroy()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await dynamo.close()
      await rm(folder, { recursive: true })
    },
  }
}

import { createServer } from 'node:http'
import { join } from 'node:path'
import { createDynamo } from '../../src/local/dynamodb/dynamodb.ts'
import { LOCAL_TABLE } from '../../src/local/stack/local-names.ts'
import { provisionTable } from '../../src/local/stack/provision.ts'
import { readServerlessStack } from '../../src/local/stack/serverless-stack.ts'
import { rawClient, serving } from '../raw-http.ts'
import { measured, type Spread, timed } from '../spread.ts'
import { inTempFolder } from '../temp-folder.ts'

const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.PutItem',
  'x-amz-date': '20261121T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20261121/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
}

/** Milliseconds of one conditional put of a job's record over HTTP, without an SDK, on disk when it is answered. */
export function putFloor(root: string): Promise<Spread> {
  return inTempFolder(async folder => {
    const dynamo = createDynamo(join(folder, 'dynamodb'))
    const spread = await serving(createServer(dynamo.handle), async port => {
      const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
      const target = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials }
      await provisionTable(target, readServerlessStack(root).table)
      const client = rawClient(port)
      const result = await measured({ warmUp: 100, count: 300 }, round =>
        timed(async () => {
          const status = await client.post(putOf(round), HEADERS)
          if (status !== 200) throw new Error(`PutItem was answered ${status}`)
        }),
      )
      client.close()
      return result
    })
    await dynamo.close()
    return spread
  })
}

function putOf(round: number): string {
  const text = (value: string) => ({ S: value })
  return JSON.stringify({
    TableName: LOCAL_TABLE,
    Item: {
      pk: text(`run#${round}`),
      sk: text('job#a'),
      runId: text('abcdefghijklmnopqrstuvwxyz'),
      job: text('a'),
      state: text('CLAIMED'),
      submission: { N: '1' },
      epoch: { N: '1' },
      claim: { M: { token: text('0123456789abcdef'), until: { N: '1795392000000' } } },
      claimedAt: { N: '1795392000000' },
      queue: text('default'),
      updatedAt: { N: '1795392000000' },
      expiresAt: { N: '1829952000' },
    },
    ConditionExpression: 'attribute_not_exists(#job)',
    ExpressionAttributeNames: { '#job': 'job' },
  })
}

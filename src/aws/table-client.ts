import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { ClientTarget } from './client-target.ts'

/** Conditional writes may be repeated: a claim knows its own token, every other write is idempotent. */
export function tableClient(target: ClientTarget): DynamoDBDocumentClient {
  const requestHandler = { requestTimeout: 4_000, throwOnRequestTimeout: true, connectionTimeout: 2_000 }
  const client = new DynamoDBClient({ ...target, maxAttempts: 4, requestHandler })
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
}

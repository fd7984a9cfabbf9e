import { BatchClient } from '@aws-sdk/client-batch'
import type { ClientTarget } from './client-target.ts'

/** SubmitJob may take 8 s, and is never sent twice by the client: a lost answer is not a lost call. */
export function submitClient(target: ClientTarget): BatchClient {
  return batchClient(target, 1)
}

/** For all other calls, which may be repeated. */
export function patientBatchClient(target: ClientTarget): BatchClient {
  return batchClient(target, 4)
}

function batchClient(target: ClientTarget, maxAttempts: number): BatchClient {
  const requestHandler = { requestTimeout: 8_000, throwOnRequestTimeout: true, connectionTimeout: 3_000 }
  return new BatchClient({ ...target, maxAttempts, requestHandler })
}

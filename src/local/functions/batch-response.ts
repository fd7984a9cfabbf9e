import { BatchwiseError } from '../../core/errors.ts'

/** Ids of the messages that a function says it failed. */
export type BatchItemFailures = ReadonlySet<string>

/**
 * Reads the answer of a function that reports failures by item. No answer, or one without failures, is success.
 * @throws BatchwiseError E_BATCH_RESPONSE where Lambda takes the whole batch as failed: an answer of another form, an
 * identifier that is empty, missing or not of this batch
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function readBatchResponse(response: unknown, messageIds: readonly string[]): BatchItemFailures {
  if (response === undefined || response === null) return new Set()
  const failures = member(response, 'batchItemFailures')
  if (failures === undefined || failures === null) return new Set()
  if (!Array.isArray(failures)) throw refusal('batchItemFailures is not a list')
  return new Set(failures.map(failure => identifierOf(failure, messageIds)))
}

function identifierOf(failure: unknown, messageIds: readonly string[]): string {
  const identifier = member(failure, 'itemIdentifier')
  if (typeof identifier !== 'string' || !messageIds.includes(identifier)) {
    throw refusal(
      `itemIdentifier ${JSON.stringify(identifier)?.slice(0, 80)} is not a messageId of the batch`,
    )
  }
  return identifier
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal(`it is not an object with ${name}`)
  }
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}

function refusal(problem: string): BatchwiseError {
  return new BatchwiseError(
    'E_BATCH_RESPONSE',
    `The function's batch response is malformed: ${problem}. The whole batch counts as failed. ` +
      'Return { batchItemFailures: [{ itemIdentifier: messageId }] }.',
  )
}

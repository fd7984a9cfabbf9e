import { AwsError } from '../../wire/aws-error.ts'
import type { JsonInput } from '../../wire/json-target.ts'
import { invalidParameter } from '../sqs-error.ts'
import { text } from './input.ts'

interface BatchResult {
  readonly Successful: readonly Readonly<Record<string, unknown>>[]
  readonly Failed: readonly BatchFailure[]
}

interface BatchFailure {
  readonly Id: string
  readonly SenderFault: boolean
  readonly Code: string
  readonly Message: string
}

/** Acts on each entry of a batch by itself: what one is refused for does not touch the others. */
export function actOnEach(
  input: JsonInput,
  act: (entry: JsonInput) => Readonly<Record<string, unknown>>,
): BatchResult {
  const successful: Record<string, unknown>[] = []
  const failed: BatchFailure[] = []
  for (const entry of batchEntries(input)) {
    const Id = text(entry, 'Id')
    try {
      successful.push({ Id, ...act(entry) })
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      const Code = error.queryCode ?? error.code
      failed.push({ Id, SenderFault: true, Code, Message: error.message })
    }
  }
  return { Successful: successful, Failed: failed }
}

/** The 1 to 10 entries of a batch, each with an id of its own. @throws AwsError for the batch as a whole */
export function batchEntries(input: JsonInput): readonly JsonInput[] {
  const entries = input['Entries'] ?? []
  if (!Array.isArray(entries) || !entries.every(isObject)) {
    throw invalidParameter('Entries', entries, 'Must be a list of entries.')
  }
  if (entries.length === 0) throw refusal('EmptyBatchRequest', 'The batch has no entries.')
  if (entries.length > 10) {
    throw refusal(
      'TooManyEntriesInBatchRequest',
      `The batch has ${entries.length} entries; at most 10 go at once.`,
    )
  }
  const ids = entries.map(entry => text(entry, 'Id'))
  const odd = ids.find(id => !/^[\w-]{1,80}$/.test(id))
  if (odd !== undefined) {
    throw refusal(
      'InvalidBatchEntryId',
      `Id ${JSON.stringify(odd.slice(0, 80))} is not 1 to 80 letters, digits, - or _.`,
    )
  }
  if (new Set(ids).size < ids.length)
    throw refusal('BatchEntryIdsNotDistinct', 'Two entries have the same Id.')
  return entries
}

function refusal(code: string, message: string): AwsError {
  return new AwsError(code, message, { queryCode: `AWS.SimpleQueueService.${code}` })
}

function isObject(value: unknown): value is JsonInput {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import type { SeenRequest } from './requests.ts'

/** Of DynamoDB, on demand. */
export interface Capacity {
  readonly writeUnits: number
  readonly readUnits: number
}

/** An attribute of the key of an index: setting it writes there too, changing it writes twice. */
const INDEXED = 'dueAt'
const NEW_RUN_INDEXES = 2

interface Call {
  readonly Item?: Readonly<Record<string, unknown>>
  readonly UpdateExpression?: string
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>
  readonly ConsistentRead?: boolean
}

/**
 * The capacity of a request, never too little: sizes are those of the JSON on the wire, which is larger than the item.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function capacityOf({ operation, body, answerBytes }: SeenRequest): Capacity {
  const call: Call = body === '' ? {} : JSON.parse(body)
  switch (operation) {
    case 'PutItem':
      return {
        writeUnits: blocks(JSON.stringify(call.Item ?? {}).length, 1024) + newIndexEntries(call),
        readUnits: 0,
      }
    case 'UpdateItem':
      return { writeUnits: 1 + (changesIndex(call) ? 2 : 0), readUnits: 0 }
    case 'GetItem':
    case 'Query':
      return { writeUnits: 0, readUnits: blocks(answerBytes, 4096) * (call.ConsistentRead ? 1 : 0.5) }
    default:
      return { writeUnits: 0, readUnits: 0 }
  }
}

function newIndexEntries({ Item }: Call): number {
  return Item !== undefined && INDEXED in Item ? NEW_RUN_INDEXES : 0
}

function changesIndex({ UpdateExpression = '', ExpressionAttributeNames = {} }: Call): boolean {
  const placeholder = Object.entries(ExpressionAttributeNames).find(([, name]) => name === INDEXED)?.[0]
  return placeholder !== undefined && new RegExp(`${placeholder}\\b`).test(UpdateExpression)
}

function blocks(bytes: number, size: number): number {
  return Math.max(1, Math.ceil(bytes / size))
}

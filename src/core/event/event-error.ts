import { BatchwiseError } from '../errors.ts'

/** An event that will never be understood, however often it is delivered: it belongs in the dead-letter queue. */
export function badEvent(problem: string): BatchwiseError {
  return new BatchwiseError('E_EVENT', `${problem}. It goes to the dead-letter queue.`)
}

type Json = Readonly<Record<string, unknown>>

/** The value as an object; undefined for anything else. */
export function objectIn(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/**
 * Reads a queue message's body as an EventBridge event of one of the given types.
 *
 * @throws BatchwiseError E_EVENT
 */
export function readEvent(
  body: string,
  detailTypes: readonly string[],
): { readonly type: string; readonly event: Json; readonly detail: Json } {
  const event = objectIn(parse(body))
  if (event === undefined) throw badEvent('The message is not a JSON object')
  const type = textIn(event['detail-type'])
  if (type === undefined) throw badEvent('The event has no detail-type')
  if (!detailTypes.includes(type))
    throw badEvent(
      `The event's detail-type is "${type.slice(0, 80)}", expected was ${detailTypes.join(' or ')}`,
    )
  const detail = objectIn(event['detail'])
  if (detail === undefined) throw badEvent(`The ${type} event has no detail`)
  return { type, event, detail }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined // told by the caller as "not a JSON object"
  }
}

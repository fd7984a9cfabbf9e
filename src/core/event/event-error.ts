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

/** Where events may come from: rules let in what other accounts and regions send to a bus. */
export interface EventOrigin {
  readonly account: string
  readonly region: string
}

/**
 * Reads a queue message's body as an EventBridge event of one of the given types.
 *
 * @param origin refuses events of another account or region; not checked where it is not known
 * @throws BatchwiseError E_EVENT
 */
export function readEvent(
  body: string,
  detailTypes: readonly string[],
  origin?: EventOrigin,
): { readonly type: string; readonly event: Json; readonly detail: Json } {
  const event = objectIn(parse(body))
  if (event === undefined) throw badEvent('The message is not a JSON object')
  const type = textIn(event['detail-type'])
  if (type === undefined) throw badEvent('The event has no detail-type')
  if (!detailTypes.includes(type))
    throw badEvent(
      `The event's detail-type is "${type.slice(0, 80)}", expected was ${detailTypes.join(' or ')}`,
    )
  if (origin !== undefined) refuseForeign(type, event, origin)
  const detail = objectIn(event['detail'])
  if (detail === undefined) throw badEvent(`The ${type} event has no detail`)
  return { type, event, detail }
}

function refuseForeign(type: string, event: Json, origin: EventOrigin): void {
  for (const place of ['account', 'region'] as const) {
    const said = String(event[place]).slice(0, 80)
    if (said !== origin[place])
      throw badEvent(`The ${type} event is of ${place} ${said}, this stack is in ${origin[place]}`)
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined // told by the caller as "not a JSON object"
  }
}

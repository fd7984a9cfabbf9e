import { badEvent, objectIn, textIn } from './event-error.ts'

/** Any event of EventBridge. */
export interface BusEvent {
  readonly eventId: string
  readonly detail: Readonly<Record<string, unknown>>
  /** All of it, as patterns match it. */
  readonly whole: Readonly<Record<string, unknown>>
}

/** @throws BatchwiseError E_EVENT */
export function parseBusEvent(body: string): BusEvent {
  const whole = objectIn(parsed(body))
  if (whole === undefined) throw badEvent('The message is not a JSON object')
  const eventId = textIn(whole['id'])
  if (eventId === undefined) throw badEvent('The event has no id')
  return { eventId, detail: objectIn(whole['detail']) ?? {}, whole }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined // told by the caller as "not a JSON object"
  }
}

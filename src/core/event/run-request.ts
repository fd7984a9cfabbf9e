import type { RetryWish } from '../run/retry.ts'
import type { ParameterValue } from '../workflow/parameter-values.ts'
import { badEvent, type EventOrigin, numberIn, objectIn, readEvent, textIn } from './event-error.ts'

/** What a person, or another program, asks for by an event on Batchwise's own bus. */
export type RunRequest =
  | {
      readonly type: 'start'
      /** The event's id: asking twice with one event starts one run. */
      readonly requestId: string
      readonly workflow: string
      readonly object?: RequestedObject
      /** Of a task of a state machine that waits for the run's end. */
      readonly taskToken?: string
      readonly parameters: Readonly<Record<string, ParameterValue>>
    }
  | { readonly type: 'cancel'; readonly runId: string }
  | { readonly type: 'retry'; readonly runId: string; readonly epoch?: number; readonly wish: RetryWish }

/** An object that a run is asked for; what is said beside its place becomes `${trigger.NAME}`. */
export interface RequestedObject {
  readonly bucket: string
  readonly key: string
  readonly size?: number
  readonly etag?: string
  readonly versionId?: string
  /** ISO 8601. */
  readonly time?: string
}

/** The detail-types of requests. */
export const REQUEST_TYPES = ['Start Requested', 'Cancel Requested', 'Retry Requested'] as const

/** @throws BatchwiseError E_EVENT */
export function parseRunRequest(body: string, origin?: EventOrigin): RunRequest {
  const { type, event, detail } = readEvent(body, REQUEST_TYPES, origin)
  if (type === 'Start Requested') return startOf(event, detail)
  const runId = textIn(detail['runId'])
  if (runId === undefined) throw badEvent(`The ${type} event names no runId`)
  if (type === 'Cancel Requested') return { type: 'cancel', runId }
  const epoch = numberIn(detail['epoch'])
  return { type: 'retry', runId, wish: wishOf(detail), ...(epoch !== undefined && { epoch }) }
}

function wishOf(detail: Json): RetryWish {
  const { from, failedItems, withCurrentDefinition, parameters } = detail
  if (from !== undefined && !(Array.isArray(from) && from.every(job => textIn(job) !== undefined)))
    throw badEvent('The `from` of the Retry Requested event is not a list of jobs')
  if (failedItems !== undefined && typeof failedItems !== 'boolean')
    throw badEvent('The `failedItems` of the Retry Requested event is not true or false')
  if (withCurrentDefinition !== undefined && typeof withCurrentDefinition !== 'boolean')
    throw badEvent('The `withCurrentDefinition` of the Retry Requested event is not true or false')
  return {
    ...(from !== undefined && { from }),
    ...(failedItems !== undefined && { failedItems }),
    ...(withCurrentDefinition !== undefined && { withCurrentDefinition }),
    ...(parameters !== undefined && { parameters: parametersOf(detail) }),
  }
}

type Json = Readonly<Record<string, unknown>>

function startOf(event: Json, detail: Json): RunRequest {
  const workflow = textIn(detail['workflow'])
  const requestId = textIn(detail['requestId']) ?? textIn(event['id'])
  if (workflow === undefined) throw badEvent('The Start Requested event names no workflow')
  if (requestId === undefined) throw badEvent('The Start Requested event has no id')
  const object = objectOf(objectIn(detail['object']))
  const taskToken = taskTokenOf(detail['taskToken'])
  return {
    ...{ type: 'start', requestId, workflow, parameters: parametersOf(detail) },
    ...(object && { object }),
    ...(taskToken !== undefined && { taskToken }),
  }
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
const MOST_TOKEN = 2048

function taskTokenOf(token: unknown): string | undefined {
  if (token === undefined) return undefined
  if (typeof token === 'string' && token !== '' && token.length <= MOST_TOKEN) return token
  throw badEvent('The taskToken of the Start Requested event is not a text of up to 2048 characters')
}

function objectOf(object: Json | undefined): RequestedObject | undefined {
  if (object === undefined) return undefined
  const bucket = textIn(object['bucket'])
  const key = textIn(object['key'])
  if (bucket === undefined || key === undefined)
    throw badEvent('The object of the Start Requested event needs bucket and key')
  const size = numberIn(object['size'])
  const etag = textIn(object['etag'])
  const versionId = textIn(object['versionId'])
  const time = textIn(object['time'])
  return {
    bucket,
    key,
    ...(size !== undefined && { size }),
    ...(etag !== undefined && { etag }),
    ...(versionId !== undefined && { versionId }),
    ...(time !== undefined && { time }),
  }
}

function parametersOf(detail: Json): Readonly<Record<string, ParameterValue>> {
  const parameters = objectIn(detail['parameters']) ?? {}
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === 'object' || value === undefined)
      throw badEvent(`Parameter "${name}" of the event is not a text, number or boolean`)
  }
  return parameters as Readonly<Record<string, ParameterValue>>
}

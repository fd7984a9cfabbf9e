import type { JsonInput } from '../../wire/json-target.ts'
import type { Queue } from '../queue.ts'
import type { QueueCommands } from '../queues.ts'
import { invalidParameter, missingParameter, queueDoesNotExist } from '../sqs-error.ts'

/** A required, non-empty text member. */
export function text(input: JsonInput, name: string): string {
  const value = optionalText(input, name)
  if (value === undefined || value === '') throw missingParameter(name)
  return value
}

export function optionalText(input: JsonInput, name: string): string | undefined {
  const value = input[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw invalidParameter(name, value, 'Must be a string.')
  return value
}

/** A whole number in a range; undefined where it was not given. */
export function optionalInteger(
  input: JsonInput,
  name: string,
  [low, high]: readonly [low: number, high: number],
): number | undefined {
  const value = input[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) {
    throw invalidParameter(name, value, `Must be a whole number from ${low} to ${high}, if provided.`)
  }
  return value
}

export function texts(input: JsonInput, name: string): readonly string[] {
  const values = input[name] ?? []
  if (!Array.isArray(values) || values.some(value => typeof value !== 'string')) {
    throw invalidParameter(name, values, 'Must be a list of strings.')
  }
  return values
}

/** A member that maps names to something, or nothing. */
export function record(input: JsonInput, name: string): Readonly<Record<string, unknown>> {
  const value = input[name] ?? {}
  if (typeof value !== 'object' || Array.isArray(value)) throw invalidParameter(name, value, 'Must be a map.')
  return value as Record<string, unknown>
}

/** The queue that the member QueueUrl speaks of, whatever host the client reached us by. */
export function queueOfUrl(queues: QueueCommands, input: JsonInput): Queue {
  const url = text(input, 'QueueUrl')
  const found = /^(?:https?:\/\/[^/]+\/(?<account>\d{12})\/)?(?<name>[^/]+)$/.exec(url)?.groups
  const foreign = found?.account !== undefined && found.account !== queues.identity.account
  if (found?.name === undefined || foreign) throw queueDoesNotExist(url)
  return queues.queue(found.name)
}

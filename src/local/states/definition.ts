import { AwsError } from '../wire/aws-error.ts'
import { type Json, objectOf, statesOf, type TaskState } from './task-states.ts'

/** What local mode can do for a Task: put events on a bus, go on at once or when somebody tells the task's token. */
export const PUT_EVENTS = 'arn:aws:states:::events:putEvents'
export const WAIT_FOR_TOKEN = '.waitForTaskToken'
/** Stands in a definition for the token of a task that has not begun. */
export const TOKEN_MARK = '\uE002task-token\uE003'

/** Keys of states that the library passes over in silence. */
const NOT_SERVED: Readonly<Record<string, string>> = {
  ...{ Arguments: 'JSONata', Output: 'JSONata', Assign: 'variables', Items: 'JSONata' },
  ...{ ItemReader: 'distributed maps', ItemBatcher: 'distributed maps', ResultWriter: 'distributed maps' },
  ...{ HeartbeatSecondsPath: 'heartbeats by a path', Credentials: 'roles of tasks' },
}

/** A definition that local mode can run. */
export interface RunnableDefinition {
  readonly definition: Json
  readonly tasks: readonly TaskState[]
}

/**
 * Reads a definition, and refuses in words what would be passed over or would leave this machine.
 *
 * @throws AwsError InvalidDefinition
 */
export function runnable(text: string): RunnableDefinition {
  const definition = parsed(text)
  if (definition['QueryLanguage'] === 'JSONata') throw refused('the definition', 'JSONata')
  const states = statesOf(definition)
  for (const { name, state } of states) checkState(name, state)
  return {
    definition: marked(definition) as Json,
    tasks: states.filter(({ state }) => state['Type'] === 'Task'),
  }
}

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  } catch {
    // Told below, as any other text that is no JSON object.
  }
  throw invalid('The definition is not a JSON object.')
}

function checkState(name: string, state: Json): void {
  const place = `state "${name}"`
  if (state['QueryLanguage'] === 'JSONata') throw refused(place, 'JSONata')
  for (const [key, what] of Object.entries(NOT_SERVED))
    if (Object.hasOwn(state, key)) throw refused(place, what, key)
  const processor = objectOf(objectOf(state['ItemProcessor'])['ProcessorConfig'])
  if (processor['Mode'] === 'DISTRIBUTED') throw refused(place, 'distributed maps')
  if (state['Type'] !== 'Task') return
  const resource = String(state['Resource'])
  if (resource === PUT_EVENTS || resource === `${PUT_EVENTS}${WAIT_FOR_TOKEN}`) return
  throw invalid(
    `Local mode cannot run the Resource ${JSON.stringify(resource.slice(0, 200))} of ${place}. It can run ${PUT_EVENTS}, with and without ${WAIT_FOR_TOKEN}.`,
  )
}

function refused(place: string, what: string, key?: string): AwsError {
  const found = key === undefined ? '' : ` (${key})`
  return invalid(
    `Local mode does not support ${what}, which ${place} uses${found}. Write it with JSONPath and an inline Map.`,
  )
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidDefinition', message)
}

/** Puts the mark in the place of `$$.Task.Token`, which the library does not know. */
function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => {
    if (typeof inner !== 'string' || !key.endsWith('.$')) return [key, marked(inner)]
    if (inner === '$$.Task.Token') return [key.slice(0, -2), TOKEN_MARK]
    return [key, inner.replaceAll('$$.Task.Token', `'${TOKEN_MARK}'`)]
  })
  return Object.fromEntries(entries)
}

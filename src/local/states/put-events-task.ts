import { PUT_EVENTS, TOKEN_MARK, WAIT_FOR_TOKEN } from './definition.ts'
import { type Json, objectOf, type TaskState } from './task-states.ts'
import { StatesError, type TaskTokens } from './task-tokens.ts'

export interface TaskContext {
  readonly executionArn: string
  readonly stateMachineArn: string
  readonly tokens: TaskTokens
  /** PutEvents, its members as sent; gives its answer. */
  readonly putEvents: (input: Json) => unknown
}

/** Runs one Task: its input as its Parameters made it, to its output. */
export type TaskHandler = (input: unknown) => Promise<unknown>

/** `events:putEvents`: its entries go to the buses of this machine. With a token it ends when that is told. */
export function putEventsTask({ state }: TaskState, context: TaskContext): TaskHandler {
  const waits = state['Resource'] === `${PUT_EVENTS}${WAIT_FOR_TOKEN}`
  const heartbeat = state['HeartbeatSeconds']
  const { executionArn, tokens } = context
  return async input => {
    if (!waits) return put(input, context)
    const wait = { executionArn, ...(typeof heartbeat === 'number' && { heartbeat }) }
    return tokens.open(wait, token => void put(withToken(input, token), context))
  }
}

/** As Step Functions does: a Detail may be an object, and each event names where it comes from. */
function put(input: unknown, { executionArn, stateMachineArn, putEvents }: TaskContext): unknown {
  const { Entries: entries } = objectOf(input)
  const answer = objectOf(
    putEvents({
      Entries: (Array.isArray(entries) ? entries : []).map(objectOf).map(entry => ({
        ...entry,
        Detail: typeof entry['Detail'] === 'string' ? entry['Detail'] : JSON.stringify(entry['Detail'] ?? {}),
        Resources: [...listOf(entry['Resources']), executionArn, stateMachineArn],
      })),
    }),
  )
  if (answer['FailedEntryCount'] === 0) return answer
  throw new StatesError('EventBridge.FailedEntry', JSON.stringify(answer))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function withToken(value: unknown, token: string): unknown {
  if (typeof value === 'string') return value.replaceAll(TOKEN_MARK, token)
  if (Array.isArray(value)) return value.map(item => withToken(item, token))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withToken(inner, token)]))
}

import { randomUUID } from 'node:crypto'
import { BatchwiseError } from '../../core/errors.ts'
import type { Identity, Now } from '../wire/face.ts'
import { lambdaContext } from './lambda-context.ts'
import type { LoadedFunction } from './load-function.ts'

/** How an invocation ended. */
export type Outcome =
  | {
      readonly status: 'answered'
      readonly response: unknown
      readonly awsRequestId: string
      readonly durationMs: number
    }
  | {
      readonly status: 'failed'
      readonly error: unknown
      readonly awsRequestId: string
      readonly durationMs: number
    }

/**
 * Invokes the function once. It fails by throwing, by rejecting and by its timeout; a handler that has not settled by
 * then is abandoned, not stopped: what it still does, it does, as a paused Lambda sandbox may when it is thawed.
 */
export async function invoke(
  loaded: LoadedFunction,
  event: unknown,
  identity: Identity,
  now: Now,
): Promise<Outcome> {
  const awsRequestId = randomUUID()
  const startedAt = performance.now()
  const ended = () => ({ awsRequestId, durationMs: Math.round(performance.now() - startedAt) })
  try {
    const context = lambdaContext(loaded.definition, awsRequestId, identity, now)
    const response = await withinTimeout(loaded, async () => loaded.handler(event, context))
    return { status: 'answered', response, ...ended() }
  } catch (error) {
    return { status: 'failed', error, ...ended() }
  }
}

async function withinTimeout(loaded: LoadedFunction, run: () => Promise<unknown>): Promise<unknown> {
  const { promise: timeout, reject } = Promise.withResolvers<never>()
  const { name, timeout: seconds } = loaded.definition
  const timer = setTimeout(() => reject(timedOut(name, seconds)), seconds * 1000)
  try {
    return await Promise.race([run(), timeout])
  } finally {
    clearTimeout(timer)
  }
}

function timedOut(name: string, seconds: number): BatchwiseError {
  return new BatchwiseError(
    'E_FUNCTION_TIMEOUT',
    `Function "${name}": the task timed out after ${seconds} s. Find what it waits for, or raise its timeout in serverless.yml.`,
    { retryable: true },
  )
}

import { assertNever } from '../errors.ts'
import type { RetryOptions } from './retry-schema.ts'
import type { EvaluateOnExit, RetryStrategy } from './workflow.ts'

type Reason = NonNullable<RetryOptions['on']>[number]

/** Rules Batch takes. @see https://docs.aws.amazon.com/batch/latest/APIReference/API_RetryStrategy.html */
export const MOST_RULES = 5

const EC2_HOST_LOST: EvaluateOnExit = { onStatusReason: 'Host EC2*', action: 'RETRY' }
const FARGATE_SPOT_TAKEN: EvaluateOnExit = {
  onStatusReason: 'Your Spot Task was interrupted*',
  action: 'RETRY',
}
const spotRules = [EC2_HOST_LOST, FARGATE_SPOT_TAKEN]
/** Batch retries what no rule matches: without this rule the list would say nothing. */
const NOTHING_ELSE: EvaluateOnExit = { onReason: '*', action: 'EXIT' }

/**
 * `retry` of a workflow file as Batch takes it: one or two rules for each reason and a closing EXIT, or
 * `evaluateOnExit` as it stands. May have more than `MOST_RULES` rules: the file is refused then.
 */
export function compileRetry({ attempts, on, evaluateOnExit }: RetryOptions): RetryStrategy {
  if (evaluateOnExit) return { attempts, evaluateOnExit: evaluateOnExit.map(asBatchHasIt) }
  if (!on) return { attempts }
  const rules = new Map(on.flatMap(rulesFor).map(rule => [JSON.stringify(rule), rule]))
  return { attempts, evaluateOnExit: [...rules.values(), NOTHING_ELSE] }
}

/** `retry` on the job's own queue, where a `fallback` stands behind it: so many attempts, and a reclaim is retried. */
export function retryBeforeFallback(retry: RetryOptions | undefined, afterSpot: number): RetryStrategy {
  const { on, evaluateOnExit } = retry ?? { on: ['spot'] as const }
  if (on !== undefined) return compileRetry({ attempts: afterSpot, on: ['spot', ...on] })
  if (evaluateOnExit === undefined) return { attempts: afterSpot }
  const isSpot = ({ onStatusReason }: EvaluateOnExit) =>
    spotRules.some(rule => rule.onStatusReason === onStatusReason)
  const others = evaluateOnExit.map(asBatchHasIt).filter(rule => !isSpot(rule))
  return { attempts: afterSpot, evaluateOnExit: [...spotRules, ...others] }
}

/** `retry` on the other queue: the attempts that are left, and one at least. */
export function retryAfterFallback(
  retry: RetryOptions | undefined,
  afterSpot: number,
): RetryStrategy | undefined {
  return retry && compileRetry({ ...retry, attempts: Math.max(1, retry.attempts - afterSpot) })
}

function rulesFor(reason: Reason): readonly EvaluateOnExit[] {
  if (typeof reason === 'number') return [{ onExitCode: String(reason), action: 'RETRY' }]
  switch (reason) {
    case 'spot':
      return spotRules
    case 'hostLost':
      return [EC2_HOST_LOST]
    case 'imagePull':
      return [{ onReason: 'CannotPullContainer*', action: 'RETRY' }]
    case 'oom':
      return [{ onReason: 'OutOfMemory*', action: 'RETRY' }]
    default:
      return assertNever(reason)
  }
}

function asBatchHasIt(rule: NonNullable<RetryOptions['evaluateOnExit']>[number]): EvaluateOnExit {
  const { onStatusReason, onReason, onExitCode } = rule
  return {
    ...(onStatusReason !== undefined && { onStatusReason }),
    ...(onReason !== undefined && { onReason }),
    ...(onExitCode !== undefined && { onExitCode }),
    action: /^retry$/i.test(rule.action) ? 'RETRY' : 'EXIT',
  }
}

import type { ExitRule, RetryStrategy } from '../engine/retry.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'

const REASON_PATTERN = /^[A-Za-z0-9.:\s]{0,511}[A-Za-z0-9.:\s*]$/
const EXIT_CODE_PATTERN = /^\d{0,511}[\d*]$/

/**
 * Reads `retryStrategy`. Other than elsewhere, an empty one is refused, as AWS does.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_RetryStrategy.html
 */
export function parseRetryStrategy(members: Members): RetryStrategy | undefined {
  if (!members.has('retryStrategy')) return undefined
  const strategy = members.object('retryStrategy')
  const attempts = strategy?.integer('attempts', 1, 10)
  if (attempts === undefined) throw clientException('RetryAttempts must be provided with retry strategy')
  const rules = strategy?.list('evaluateOnExit') ?? []
  if (rules.length > 5) throw clientException('evaluateOnExit may have at most 5 entries.')
  return { attempts, evaluateOnExit: rules.map(parseRule) }
}

function parseRule(members: Members): ExitRule {
  const action = members.requiredText('action').toUpperCase()
  if (action !== 'RETRY' && action !== 'EXIT') throw clientException('action must be RETRY or EXIT.')
  const rule = {
    ...pattern(members, 'onStatusReason', REASON_PATTERN),
    ...pattern(members, 'onReason', REASON_PATTERN),
    ...pattern(members, 'onExitCode', EXIT_CODE_PATTERN),
  }
  if (Object.keys(rule).length === 0) {
    throw clientException('An evaluateOnExit entry needs onStatusReason, onReason or onExitCode.')
  }
  return { ...rule, action }
}

function pattern(members: Members, name: keyof ExitRule, allowed: RegExp): Partial<ExitRule> {
  const text = members.text(name)
  if (text === undefined) return {}
  if (!allowed.test(text)) {
    throw clientException(
      `${name} ${JSON.stringify(text)} has characters Batch does not match, or is over 512.`,
    )
  }
  return { [name]: text }
}

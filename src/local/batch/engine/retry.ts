/** One rule of a retry strategy. All the patterns it has must match; a pattern may end with `*`. */
export interface ExitRule {
  readonly onStatusReason?: string
  readonly onReason?: string
  readonly onExitCode?: string
  readonly action: 'RETRY' | 'EXIT'
}

export interface RetryStrategy {
  /** How often the job runs in total, 1 to 10. */
  readonly attempts: number
  readonly evaluateOnExit: readonly ExitRule[]
}

/** What is known of an attempt that ended. No exit code means that no process ended: the host died, or it never began. */
export interface AttemptEnd {
  readonly exitCode?: number
  /** The container's reason, such as `OutOfMemoryError: Container killed due to memory usage`. */
  readonly reason?: string
  readonly statusReason: string
}

/**
 * Decides whether a failed attempt is followed by another one. The first rule that matches decides; where none
 * matches, the job is retried.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
 */
export function isRetried(strategy: RetryStrategy, attemptsSoFar: number, end: AttemptEnd): boolean {
  if (attemptsSoFar >= strategy.attempts) return false
  const rule = strategy.evaluateOnExit.find(candidate => matches(candidate, end))
  return rule === undefined || rule.action === 'RETRY'
}

function matches(rule: ExitRule, end: AttemptEnd): boolean {
  return (
    matchesPattern(rule.onStatusReason, end.statusReason) &&
    matchesPattern(rule.onReason, end.reason ?? '') &&
    matchesPattern(rule.onExitCode, end.exitCode === undefined ? undefined : String(end.exitCode))
  )
}

/** An empty reason is still a reason, so `*` matches it; a missing exit code is no number, so nothing does. */
function matchesPattern(pattern: string | undefined, text: string | undefined): boolean {
  if (pattern === undefined) return true
  if (text === undefined) return false
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern
}

import { nextFiring } from '../../../src/core/schedule/firing-time.ts'

/** The next so many firings after a time, in UTC to the minute. */
export function firings(
  expression: string,
  timezone: string,
  after: string,
  count: number,
): readonly string[] {
  const found: string[] = []
  let at = Date.parse(after) - 1
  while (found.length < count) {
    const next = nextFiring({ expression, timezone }, at)
    if (next === undefined) break
    found.push(new Date(next).toISOString().slice(0, 16))
    at = next
  }
  return found
}

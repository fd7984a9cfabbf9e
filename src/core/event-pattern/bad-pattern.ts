import { BatchwiseError } from '../errors.ts'

/** The way to a place in a pattern, outermost name first. */
export type PatternPath = readonly string[]

/** A pattern that EventBridge would refuse; names the place, what is wrong there, and the mend. */
export function badPattern(path: PatternPath, problem: string): BatchwiseError {
  const place = path.length === 0 ? 'at its top' : `at ${path.join('.')}`
  return new BatchwiseError('E_EVENT_PATTERN', `The event pattern is wrong ${place}: ${problem}`)
}

/** A value as it stands in a pattern, short enough for a message. */
export function shown(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 80)
}

import { BatchwiseError } from '../errors.ts'
import { compilePattern } from '../event-pattern/pattern.ts'
import { type Draft, triggersOf } from './draft.ts'
import type { Problem } from './problem.ts'

/** E165: event patterns that EventBridge would refuse. */
export function* checkEvents(draft: Draft): Generator<Problem> {
  for (const [index, { pattern }] of triggersOf(draft, 'event')) {
    const message = patternFault(pattern)
    if (message === undefined) continue
    const path = ['triggers', index, 'event', 'pattern']
    yield {
      code: 'E165',
      path,
      message,
      mend: 'Every value of a pattern is a list, like `source: [shop.orders]`.',
    }
  }
}

function patternFault(pattern: unknown): string | undefined {
  try {
    compilePattern(pattern)
    return undefined
  } catch (error) {
    if (error instanceof BatchwiseError) return error.message // becomes a problem with its place
    throw error
  }
}

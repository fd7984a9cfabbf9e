import { type Draft, isWritten, jobsOf } from './draft.ts'
import { shownName } from './escape-text.ts'
import { jobQueueOf } from './platform.ts'
import type { Problem } from './problem.ts'
import { MOST_RULES, retryBeforeFallback } from './retry-strategy.ts'

/** E139: a `fallback` that cannot help. E134: rules of which, with those for Spot, are too many. */
export function* checkFallback(draft: Draft): Generator<Problem> {
  const { defaults } = draft.file
  for (const [name, job] of jobsOf(draft)) {
    const { fallback } = job
    if (fallback === undefined) continue
    const path = ['jobs', name, 'fallback']
    if (isWritten(draft, ['jobs', name, 'array'])) {
      const message = `${shownName(name)} is an array, and AWS Batch does not say which of its children lost their machine.`
      const mend = 'Leave `fallback` out; `retry: { on: [spot] }` tries each child again.'
      yield { code: 'E139', path, at: 'key', message, mend }
    } else if (fallback.jobQueue === jobQueueOf(job, defaults)) {
      const message = `The fallback of ${shownName(name)} is its own queue.`
      yield {
        code: 'E139',
        path: [...path, 'jobQueue'],
        message,
        mend: 'Write another, like ${stack.onDemandQueue}.',
      }
    }
    const rules = retryBeforeFallback(job.retry ?? defaults?.retry, fallback.afterSpot).evaluateOnExit
    if ((rules?.length ?? 0) <= MOST_RULES) continue
    const message = `With two for Spot this retry list makes ${rules?.length} rules for Batch, which takes ${MOST_RULES}.`
    yield { code: 'E134', path, at: 'key', message, mend: 'Shorten `retry`.' }
  }
}

import { type Draft, triggersOf } from './draft.ts'
import { shownName } from './escape-text.ts'
import type { Problem } from './problem.ts'

/** E164: two ways to let runs wait for each other. */
export function* checkConcurrency(draft: Draft): Generator<Problem> {
  if (draft.file.concurrency === undefined) return
  for (const [index, { overlap }] of triggersOf(draft, 'schedule')) {
    if (overlap !== 'queue' && overlap !== 'cancelPrevious') continue
    const message = `\`overlap: ${overlap}\` and ${shownName('concurrency')} both make runs wait.`
    const path = ['triggers', index, 'schedule', 'overlap']
    yield { code: 'E164', path, message, mend: 'Take one of them out; `skip` and `allow` go with it.' }
  }
}

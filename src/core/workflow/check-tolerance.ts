import { type Draft, isWritten, jobsOf } from './draft.ts'
import { shown, shownName } from './escape-text.ts'
import type { Problem } from './problem.ts'
import { parseTolerance } from './tolerance.ts'

/** E133: how many children of an array may fail. */
export function* checkTolerance(draft: Draft): Generator<Problem> {
  for (const [name, { tolerate, array }] of jobsOf(draft)) {
    if (tolerate === undefined) continue
    const path = ['jobs', name, 'tolerate']
    if (parseTolerance(tolerate) === undefined) {
      const message = `${shown(tolerate)} is no number of children.`
      yield { code: 'E133', path, message, mend: 'Write a whole number, or a share below 100%, like 5%.' }
    } else if (array === undefined && !isWritten(draft, ['jobs', name, 'array'])) {
      const message = `${shownName(name)} is no array: it has no children that may fail.`
      yield { code: 'E133', path, message, mend: 'Give it `array`, or leave `tolerate` out.' }
    }
  }
}

import type { Draft } from './draft.ts'
import { parseDuration } from './duration.ts'
import { shown } from './escape-text.ts'
import type { Path, Problem } from './problem.ts'

/** Batch moves jobs in minutes: what is shorter tells of everything. */
const LEAST_STUCK = 60
const LEAST_DEADLINE = 60

/** E136: how long is too long. */
export function* checkAlerts({ file }: Draft): Generator<Problem> {
  yield* checkSpan(['deadline'], file.deadline, LEAST_DEADLINE, '12h')
  yield* checkSpan(['alerts', 'stuckAfter'], file.alerts?.stuckAfter, LEAST_STUCK, '30m')
}

function* checkSpan(
  path: Path,
  written: number | string | undefined,
  least: number,
  example: string,
): Generator<Problem> {
  if (written === undefined) return
  const seconds = parseDuration(written)
  if (seconds !== undefined && seconds >= least) return
  const message =
    seconds === undefined ? `${shown(written)} is no duration.` : `${shown(written)} is too short.`
  yield {
    code: 'E136',
    path,
    message,
    mend: `Write ${least} seconds or more, or a text with a unit, like ${example}.`,
  }
}

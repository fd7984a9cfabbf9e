import { type Draft, isWritten, jobsOf } from './draft.ts'
import { parseDuration } from './duration.ts'
import { shown, shownName } from './escape-text.ts'
import type { Path, Problem } from './problem.ts'
import type { RetryOptions } from './retry-schema.ts'
import { compileRetry, MOST_RULES } from './retry-strategy.ts'

const LEAST_SECONDS = 60
const MOST_SECONDS = 2 ** 31 - 1

/** E134 and E135: how often and how long a job may try. */
export function* checkAttempts(draft: Draft): Generator<Problem> {
  const { defaults } = draft.file
  yield* checkTimeout(['defaults', 'timeout'], defaults?.timeout)
  yield* checkRetry(['defaults', 'retry'], defaults?.retry)
  for (const [name, job] of jobsOf(draft)) {
    yield* checkTimeout(['jobs', name, 'timeout'], job.timeout)
    yield* checkRetry(['jobs', name, 'retry'], job.retry)
    yield* checkHasTimeout(draft, name)
  }
}

function* checkTimeout(path: Path, timeout: number | string | undefined): Generator<Problem> {
  if (timeout === undefined) return
  const seconds = parseDuration(timeout)
  const mend = `Write ${LEAST_SECONDS} seconds or more, or a text with a unit, like 30m or 1h30m.`
  if (seconds === undefined || seconds > MOST_SECONDS) {
    yield { code: 'E135', path, message: `${shown(timeout)} is no time.`, mend }
  } else if (seconds < LEAST_SECONDS) {
    yield {
      code: 'E135',
      path,
      message: `A timeout of ${seconds} s is under the ${LEAST_SECONDS} s Batch asks for.`,
      mend,
    }
  }
}

function* checkHasTimeout(draft: Draft, job: string): Generator<Problem> {
  if (isWritten(draft, ['jobs', job, 'timeout']) || isWritten(draft, ['defaults', 'timeout'])) return
  const place = { path: ['jobs', job], at: 'key' } as const
  const mend = 'Add `timeout`, here or under `defaults`.'
  if (isWritten(draft, ['jobs', job, 'image'])) {
    yield { code: 'E135', ...place, message: `The image job ${shownName(job)} has no timeout.`, mend }
  } else if (isWritten(draft, ['jobs', job, 'jobDefinition'])) {
    const message = `The job ${shownName(job)} has no timeout unless its job definition has one.`
    yield { code: 'W135', ...place, message, mend }
  }
}

function* checkRetry(path: Path, retry: RetryOptions | undefined): Generator<Problem> {
  if (retry?.on && retry.evaluateOnExit) {
    const message = '`retry` has both `on` and `evaluateOnExit`.'
    yield { code: 'E134', path: [...path, 'evaluateOnExit'], at: 'key', message, mend: 'Keep one of them.' }
  } else if (retry?.on) {
    const rules = compileRetry(retry).evaluateOnExit?.length ?? 0
    if (rules <= MOST_RULES) return
    const message = `This list makes ${rules} rules for Batch, which takes ${MOST_RULES}.`
    const mend = 'Shorten it: `spot` counts two, each other reason one, and one closes the list.'
    yield { code: 'E134', path: [...path, 'on'], message, mend }
  }
}

import { createHash } from 'node:crypto'
import { causeText, rootCause } from '../alert/failed-alert.ts'
import { runStateChange } from '../event/run-state-change.ts'
import { absent, all, equals, type ItemWrite, present, runKey } from './item-write.ts'
import { type Snapshot, viewJobs } from './job-view.ts'
import { dueTime, type Run } from './run.ts'

/** The tokens of tasks of state machines that wait for a run, by names made from them. A secret: shown to nobody. */
export type TaskTokens = Readonly<Record<string, string>>

/** What a waiting task is told. */
export type TaskAnswer =
  | { readonly type: 'succeeded'; readonly output: string }
  | { readonly type: 'failed'; readonly error: string; readonly cause: string }

/** As the names of items' members may be, and no way back to the token. */
export function taskTokens(token: string): TaskTokens {
  return { [nameOf(token)]: token }
}

function nameOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16)
}

/** Adds a token to a run that stands already: one of the two holds, as it has tokens or none. The run is due at once. */
export function attachWrites(runId: string, token: string, now: number): readonly ItemWrite[] {
  const write = (set: ItemWrite['set'], condition: ItemWrite['condition']): ItemWrite => ({
    key: runKey(runId),
    mode: 'update',
    set: { ...set, dueAt: dueTime(now) },
    condition: all(present('runId'), condition),
  })
  return [
    write({ [`taskTokens.${nameOf(token)}`]: token }, present('taskTokens')),
    write({ taskTokens: taskTokens(token) }, absent('taskTokens')),
  ]
}

/** Forgets a token whose task was told. */
export function answeredWrite(run: Run, name: string): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: {},
    remove: [`taskTokens.${name}`],
    condition: all(
      equals('status', run.status),
      equals('epoch', run.epoch),
      equals(`taskTokens.${name}`, run.taskTokens?.[name] ?? ''),
    ),
  }
}

/**
 * What a task is told of a run that has ended: its facts as JSON, or `Batchwise.Failed` and `Batchwise.Cancelled` with the
 * root cause in a JSON text. Undefined while the run has not ended.
 */
export function taskAnswer(snapshot: Snapshot): TaskAnswer | undefined {
  const facts = runStateChange(snapshot.run, snapshot.definition)
  if (facts === undefined) return undefined
  if (facts.status === 'SUCCEEDED') return { type: 'succeeded', output: JSON.stringify(facts) }
  const root = rootCause(viewJobs(snapshot).values())
  const cause = root && { job: root.name, reason: causeText(root) }
  const error = facts.status === 'FAILED' ? 'Batchwise.Failed' : 'Batchwise.Cancelled'
  return { type: 'failed', error, cause: JSON.stringify({ ...facts, ...cause }) }
}

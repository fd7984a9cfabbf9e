import { applied } from '../core/run/item-semantics.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { answeredWrite, taskAnswer } from '../core/run/task-token.ts'
import type { Round } from './round.ts'
import type { Service } from './service.ts'

/** Tells a task of a state machine how the run ended, then forgets its token: at least once. A closed task is as good. */
export async function answerTask(service: Service, snapshot: Snapshot, name: string): Promise<Round> {
  const { run } = snapshot
  const token = run.taskTokens?.[name]
  const answer = taskAnswer(snapshot)
  if (token === undefined || answer === undefined) return { snapshot, stale: true }
  const told = await service.tasks.answer(token, answer)
  service.log.record(told ? 'task-answered' : 'task-closed', { runId: run.runId, answer: answer.type })
  const write = answeredWrite(run, name)
  if (!(await service.store.write(write))) return { snapshot, stale: true }
  return { snapshot: { ...snapshot, run: applied(run, write) }, stale: false }
}

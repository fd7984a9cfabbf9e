import { alertsOf } from '../core/alert/alert-kind.ts'
import { outcomeKey, recoveredWrite, type WorkflowOutcome } from '../core/alert/outcome.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import type { Service } from './service.ts'

/** Whether this run, about to succeed, is the first success after a failure that was told. Asking again answers the same. */
export async function isRecovery(service: Service, { run, definition }: Snapshot): Promise<boolean> {
  if (!alertsOf(definition.workflow).on.includes('recovered')) return false
  const outcome = (await service.store.readItem(outcomeKey(run.workflow))) as WorkflowOutcome | undefined
  if (outcome?.recoveredBy === run.runId) return true
  return outcome?.failing === true && service.store.write(recoveredWrite(run.workflow, run.runId))
}

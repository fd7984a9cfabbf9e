import type { Run } from '../../core/run/run.ts'
import { isoTime } from '../terminal/time.ts'

/** A run as `--json` prints it: a shape that later versions only add to. */
export function runJson(run: Run) {
  const { runId, workflow, status, epoch, createdAt, finishedAt, trigger, parameters } = run
  return {
    runId,
    workflow,
    status,
    epoch,
    createdAt: isoTime(createdAt),
    finishedAt: isoTime(finishedAt) ?? null,
    trigger: { type: trigger.type, ...trigger.values },
    parameters,
  }
}

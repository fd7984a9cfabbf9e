import type { RunRequest } from '../core/event/run-request.ts'
import { manualFacts } from '../core/run/manual-trigger.ts'
import { parameterValues } from '../core/workflow/parameter-values.ts'
import { cancelRun, retryRun } from './change-run.ts'
import type { Recorder } from './service.ts'
import { startRun, workflowNamed } from './start-run.ts'

/**
 * Starts, cancels or retries a run as asked. Idempotent per request.
 *
 * @throws BatchwiseError E_WORKFLOW_UNKNOWN, E_RUN_UNKNOWN, E180
 */
export async function carryOutRequest(service: Recorder, request: RunRequest): Promise<void> {
  switch (request.type) {
    case 'start': {
      const { workflow } = workflowNamed(service, request.workflow)
      await startRun(service, {
        workflow: workflow.name,
        identity: { type: 'manual', requestId: request.requestId },
        trigger: manualFacts(workflow, request.object, service.clock.now()),
        parameters: parameterValues(workflow.parameters, request.parameters),
      })
      return
    }
    case 'cancel':
      return cancelRun(service, request.runId)
    case 'retry':
      return retryRun(service, request.runId, request.epoch, request.wish)
  }
}

import { BatchwiseError } from '../core/errors.ts'
import type { RunRequest } from '../core/event/run-request.ts'
import { manualFacts } from '../core/run/manual-trigger.ts'
import { parameterValues } from '../core/workflow/parameter-values.ts'
import { cancelRun, retryRun } from './change-run.ts'
import type { Requester } from './service.ts'
import { startRun, workflowNamed } from './start-run.ts'

/**
 * Starts, cancels or retries a run as asked. Idempotent per request.
 *
 * @throws BatchwiseError E_WORKFLOW_UNKNOWN, E_RUN_UNKNOWN, E180
 */
export async function carryOutRequest(service: Requester, request: RunRequest): Promise<void> {
  switch (request.type) {
    case 'start':
      return startAsAsked(service, request)
    case 'cancel':
      return cancelRun(service, request.runId)
    case 'retry':
      return retryRun(service, request.runId, request.epoch, request.wish)
  }
}

type StartRequested = Extract<RunRequest, { readonly type: 'start' }>

/** A task that waits would wait for ever for a run that can never be: it is told at once, in the place of an error. */
async function startAsAsked(service: Requester, request: StartRequested): Promise<void> {
  try {
    await start(service, request)
  } catch (error) {
    const { taskToken } = request
    if (taskToken === undefined || !(error instanceof BatchwiseError) || error.retryable) throw error
    service.log.record('request-refused', { workflow: request.workflow, code: error.code })
    await service.tasks.answer(taskToken, {
      ...{ type: 'failed', error: `Batchwise.${error.code}`, cause: error.message },
    })
  }
}

async function start(service: Requester, request: StartRequested): Promise<void> {
  const { workflow } = workflowNamed(service, request.workflow)
  const { requestId, taskToken } = request
  await startRun(service, {
    workflow: workflow.name,
    identity: { type: 'manual', requestId },
    trigger: manualFacts(workflow, request.object, service.clock.now()),
    parameters: parameterValues(workflow.parameters, request.parameters),
    ...(taskToken !== undefined && { taskToken }),
  })
}

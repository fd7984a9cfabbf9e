import { setTimeout as sleep } from 'node:timers/promises'
import { defineWorkflow } from '../../core/run/definition.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import type { Clock } from '../../ports.ts'
import type { Recorder } from '../../service/service.ts'
import type { ClientTarget } from '../client-target.ts'
import { createRunStore } from '../dynamo-run-store.ts'
import { createLog } from '../log-adapter.ts'
import { createAdvanceQueue } from '../queue-adapter.ts'
import { queueClient } from '../queue-client.ts'
import { readWorkflowsFile, type Settings } from '../settings.ts'
import { tableClient } from '../table-client.ts'
import { once } from './once.ts'

/** For functions that record a fact and ask for `advance`. Their bundles hold no client of AWS Batch. */
export const recorder: () => Recorder = once(createRecorder)

export const systemClock: Clock = { now: () => Date.now(), sleep: milliseconds => sleep(milliseconds) }

export function createRecorder(settings: Settings, target: ClientTarget): Recorder {
  const { lease, settle, claimsVoidBefore } = settings
  const { account, region } = settings.stack
  return {
    store: createRunStore(tableClient(target), settings.table),
    queue: createAdvanceQueue(queueClient(target), settings.advanceQueueUrl),
    clock: systemClock,
    log: createLog(settings.stackName, systemClock),
    settings: {
      stack: settings.stackName,
      stage: settings.stage,
      table: settings.table,
      ...(settings.endpoint === undefined && region !== undefined && { region }),
      ...(account !== undefined && region !== undefined && { origin: { account, region } }),
      times: { lease, settle, ...(claimsVoidBefore !== undefined && { claimsVoidBefore }) },
      definitions: (readWorkflowsFile(settings.workflowsFile) as readonly Workflow[]).map(workflow =>
        defineWorkflow(workflow, settings.stackName, settings.stack),
      ),
    },
  }
}

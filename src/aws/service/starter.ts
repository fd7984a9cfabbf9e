import { setTimeout as sleep } from 'node:timers/promises'
import { defineWorkflow } from '../../core/run/definition.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import type { Clock } from '../../ports.ts'
import type { Starter } from '../../service/service.ts'
import type { ClientTarget } from '../client-target.ts'
import { createItemStore } from '../dynamo-item-store.ts'
import { createLog } from '../log-adapter.ts'
import { createAdvanceQueue } from '../queue-adapter.ts'
import { queueClient } from '../queue-client.ts'
import { readWorkflowsFile, type Settings } from '../settings.ts'
import { tableClient } from '../table-client.ts'
import { once } from './once.ts'

/** For functions that start runs. Their bundles hold no query of the table. */
export const starter: () => Starter = once((settings, target) => ({
  ...withoutStore(settings, target),
  store: createItemStore(tableClient(target), settings.table),
}))

export const systemClock: Clock = { now: () => Date.now(), sleep: milliseconds => sleep(milliseconds) }

/** What all functions have, whatever they ask of the table. */
export function withoutStore(settings: Settings, target: ClientTarget): Omit<Starter, 'store'> {
  const { lease, settle, claimsVoidBefore } = settings
  const { account, region } = settings.stack
  return {
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

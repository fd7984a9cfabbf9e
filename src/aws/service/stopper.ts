import type { Stopper } from '../../service/service.ts'
import { terminateWith } from '../batch-adapter.ts'
import { patientBatchClient } from '../batch-clients.ts'
import { failedChildrenWith } from '../failed-children.ts'
import { stopWith } from '../state-machine-adapter.ts'
import { stateMachineClient } from '../state-machine-client.ts'
import { whenNeeded } from './client-when-needed.ts'
import { once } from './once.ts'
import { createRecorder } from './recorder.ts'

/** For the function that hears of jobs: it may stop those that no record names. */
export const stopper: () => Stopper = once((settings, target) => {
  const client = patientBatchClient(target)
  return {
    ...createRecorder(settings, target),
    stateMachines: { stop: stopWith(whenNeeded(() => stateMachineClient(target))) },
    batch: { terminate: terminateWith(client), failedChildren: failedChildrenWith(client) },
  }
})

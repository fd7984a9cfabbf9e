import type { Watcher } from '../../service/service.ts'
import { describeWith, listWith, terminateWith } from '../batch-adapter.ts'
import { patientBatchClient } from '../batch-clients.ts'
import { failedChildrenWith } from '../failed-children.ts'
import { queuesWith } from '../queue-look.ts'
import { describeExecutionWith, stopWith } from '../state-machine-adapter.ts'
import { stateMachineClient } from '../state-machine-client.ts'
import { alertsWhenNeeded } from './alerts-when-needed.ts'
import { whenNeeded } from './client-when-needed.ts'
import { once } from './once.ts'
import { createRecorder } from './recorder.ts'

/** For the function that asks AWS Batch what no event told. */
export const watcher: () => Watcher = once((settings, target) => {
  const client = patientBatchClient(target)
  const stateMachines = whenNeeded(() => stateMachineClient(target))
  return {
    ...createRecorder(settings, target),
    alerts: alertsWhenNeeded(target, settings.topicArn),
    stateMachines: { stop: stopWith(stateMachines), describe: describeExecutionWith(stateMachines) },
    batch: {
      terminate: terminateWith(client),
      failedChildren: failedChildrenWith(client),
      describe: describeWith(client),
      list: listWith(client),
    },
    queues: queuesWith(client),
  }
})

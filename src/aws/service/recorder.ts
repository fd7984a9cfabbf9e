import type { Recorder } from '../../service/service.ts'
import type { ClientTarget } from '../client-target.ts'
import { createRunStore } from '../dynamo-run-store.ts'
import type { Settings } from '../settings.ts'
import { tableClient } from '../table-client.ts'
import { once } from './once.ts'
import { withoutStore } from './starter.ts'

/** For functions that record a fact and ask for `advance`. Their bundles hold no client of AWS Batch. */
export const recorder: () => Recorder = once(createRecorder)

export function createRecorder(settings: Settings, target: ClientTarget): Recorder {
  const store = createRunStore(tableClient(target), settings.table)
  return { ...withoutStore(settings, target), store }
}

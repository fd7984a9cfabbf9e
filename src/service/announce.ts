import { RUN_STATE_CHANGE, runStateChange } from '../core/event/run-state-change.ts'
import { nextWake } from '../core/run/decide.ts'
import { applied } from '../core/run/item-semantics.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { announcedWrite } from '../core/run/run-writes.ts'
import type { Round } from './round.ts'
import type { Service } from './service.ts'

/** Tells the bus that a run has ended, then notes it: at least once per epoch. */
export async function announce(service: Service, snapshot: Snapshot): Promise<Round> {
  const { run, definition } = snapshot
  const change = runStateChange(run, definition)
  if (change === undefined) return { snapshot, stale: true }
  await service.events.put(RUN_STATE_CHANGE, change)
  const after = { ...snapshot, run: { ...run, announced: run.epoch } }
  const write = announcedWrite(run, nextWake(after, service.settings.times) === undefined)
  if (!(await service.store.write(write))) return { snapshot, stale: true }
  return { snapshot: { ...snapshot, run: applied(run, write) }, stale: false }
}

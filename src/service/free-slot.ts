import { applied } from '../core/run/item-semantics.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { freeSlotWrite, holderName, slotFreedWrite } from '../core/run/slot.ts'
import type { Round } from './round.ts'
import type { Service } from './service.ts'
import { callNext } from './take-turn.ts'

/** Gives a finished run's place back and calls who has waited longest; then notes it, so that a crash loses nothing. */
export async function freeSlot(service: Service, snapshot: Snapshot): Promise<Round> {
  const { run } = snapshot
  if (run.slot === undefined) return { snapshot, stale: true }
  await service.store.write(freeSlotWrite(run.slot, holderName(run)))
  await callNext(service, run.slot)
  const write = slotFreedWrite(run)
  if (!(await service.store.write(write))) return { snapshot, stale: true }
  return { snapshot: { ...snapshot, run: applied(run, write) }, stale: false }
}

import { applied } from '../core/run/item-semantics.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { isFinalRun, type Run, type Slot } from '../core/run/run.ts'
import {
  firstSlotWrite,
  freeSlotWrite,
  holderName,
  holderRun,
  type SlotsRecord,
  slotsKey,
  takeSlotWrite,
  turnWrite,
} from '../core/run/slot.ts'
import type { Recorder } from './service.ts'

/**
 * Lets a QUEUED run begin if a place of its limit is free and no older run waits for it.
 *
 * @returns the run as it goes on; undefined while it waits, or if it has changed meanwhile
 */
export async function takeTurn(service: Recorder, snapshot: Snapshot): Promise<Snapshot | undefined> {
  const { run } = snapshot
  const { slot } = run
  if (slot === undefined || !(await holdsPlace(service, run, slot))) return undefined
  const write = turnWrite(run, service.clock.now())
  if (!(await service.store.write(write))) return undefined
  service.log.record('run-dequeued', { runId: run.runId, workflow: run.workflow })
  return { ...snapshot, run: applied(run, write) }
}

async function holdsPlace(service: Recorder, run: Run, slot: Slot): Promise<boolean> {
  const { store, clock } = service
  const holders = await holdersOf(service, slot)
  if (holders.includes(holderName(run))) return true
  const older = await olderWaiters(service, run, slot)
  const free = slot.limit - holders.length
  if (older >= Math.max(free, 1)) return false
  // The oldest waiter sees to it that nobody holds a place for nothing.
  if (free <= 0 && !(await evicted(service, slot, holders))) return false
  const now = clock.now()
  return (await store.write(takeSlotWrite(slot, run, now))) || store.write(firstSlotWrite(slot, run, now))
}

async function holdersOf({ store }: Recorder, slot: Slot): Promise<readonly string[]> {
  const record = (await store.readItem(slotsKey(slot))) as SlotsRecord | undefined
  return Object.keys(record?.holders ?? {})
}

/** The index may lag: what it names is read again, and who it leaves out is not waited for. */
async function olderWaiters({ store }: Recorder, run: Run, slot: Slot): Promise<number> {
  let older = 0
  for (const runId of await store.waiting(slot.key, slot.limit + 1)) {
    if (runId === run.runId) break
    const waiter = await store.readRun(runId)
    if (waiter?.status === 'QUEUED' && waiter.createdAt <= run.createdAt) older++
  }
  return older
}

/** Places of runs that are over, gone, or retried since. */
async function evicted({ store }: Recorder, slot: Slot, holders: readonly string[]): Promise<boolean> {
  let any = false
  for (const holder of holders) {
    const { runId, epoch } = holderRun(holder)
    const run = await store.readRun(runId)
    if (run !== undefined && !isFinalRun(run.status) && run.epoch === epoch) continue
    any = (await store.write(freeSlotWrite(slot, holder))) || any
  }
  return any
}

/** Asks those who have waited longest to look again, after a place was given back. */
export async function callNext({ store, queue }: Recorder, slot: Slot): Promise<void> {
  for (const runId of await store.waiting(slot.key, 1)) await queue.send(runId)
}

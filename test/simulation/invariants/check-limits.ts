import { isFinalRun, type Run } from '../../../src/core/run/run.ts'
import type { StoreModel } from '../aws/store-model.ts'
import type { Observer, Report } from './watch.ts'

interface World {
  readonly report: Report
  /** No call is slow and the index does not lag: nobody overtakes. */
  readonly isFaultless: boolean
}

/** Never more runs at once than their limit allows, and the oldest first. */
export function checkLimits({ report, isFaultless }: World): Partial<Observer> {
  const running = new Map<string, Set<string>>()
  const waiting = new Map<string, Map<string, number>>()
  return {
    wroteRun(before, after) {
      const { slot, runId, status } = after
      if (slot === undefined) return
      const inside = setOf(running, slot.key)
      const outside = mapOf(waiting, slot.key)
      const hadTurn = inside.has(runId)
      if (isInside(after)) inside.add(runId)
      else inside.delete(runId)
      if (status === 'QUEUED') outside.set(runId, after.createdAt)
      else outside.delete(runId)
      if (hadTurn || !isInside(after)) return
      if (inside.size > slot.limit)
        report('never more runs than a limit allows', `${slot.key}: ${[...inside].join(' ')}`)
      const older = [...outside.values()].filter(createdAt => createdAt < after.createdAt).length
      if (isFaultless && before?.status === 'QUEUED' && older > slot.limit)
        report('who has waited longest is next', `${runId} overtook ${older} runs at ${slot.key}`)
    },
  }
}

/** Who had his turn has given his place back; one that was taken in vain, or before a retry, stands until somebody asks for it. */
export function checkPlaces(store: StoreModel, report: Report): void {
  for (const [key, holders] of store.holders()) {
    for (const holder of holders) {
      const [runId = '', epoch = ''] = holder.split('#')
      const run = store.readRun(runId)
      if (run?.epoch === Number(epoch) && run.holdsSlot === run.epoch)
        report('no place is held by a final run', `${key}: ${holder}`)
    }
  }
}

/** Its jobs may run. */
function isInside({ status, holdsSlot, epoch }: Run): boolean {
  return !isFinalRun(status) && status !== 'QUEUED' && holdsSlot === epoch
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const known = sets.get(key) ?? new Set()
  sets.set(key, known)
  return known
}

function mapOf(maps: Map<string, Map<string, number>>, key: string): Map<string, number> {
  const known = maps.get(key) ?? new Map()
  maps.set(key, known)
  return known
}

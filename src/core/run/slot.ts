import { createHash } from 'node:crypto'
import { render } from '../workflow/look-up.ts'
import type { Workflow } from '../workflow/workflow.ts'
import {
  absent,
  all,
  any,
  equals,
  fewer,
  type ItemKey,
  type ItemWrite,
  present,
  runKey,
} from './item-write.ts'
import { dueTime, type Run, type RunStatus, type Slot, type TriggerFacts } from './run.ts'
import { scopeOfTrigger } from './trigger-scope.ts'

/** The runs that hold a place of a limit, by `runId#epoch`, each since when (milliseconds). */
export interface SlotsRecord {
  readonly holders: Readonly<Record<string, number>>
}

const LONGEST_VALUE = 100

/** The limit that a new run of a workflow stands under; undefined where there is none. */
export function slotOf(
  workflow: Pick<Workflow, 'name' | 'concurrency'>,
  trigger: TriggerFacts,
  parameters: Run['parameters'],
): Slot | undefined {
  const { name, concurrency } = workflow
  if (concurrency === undefined) return undefined
  const { limit, by = '' } = concurrency
  const value = render(by, { trigger: scopeOfTrigger(trigger), parameters })
  return { key: `${name}#${shortened(value)}`, limit }
}

/** Of a schedule whose runs go one after another. */
export function scheduleSlot(workflow: string, schedule: string): Slot {
  return { key: `${workflow}#schedule#${schedule}`, limit: 1 }
}

/** A key of the table has its limits, and a value from outside has none. */
function shortened(value: string): string {
  if (Buffer.byteLength(value) <= LONGEST_VALUE) return value
  return createHash('sha256').update(value).digest('hex').slice(0, 32)
}

export function slotsKey({ key }: Slot): ItemKey {
  return { pk: `slots#${key}`, sk: 'slots' }
}

export function holderName({ runId, epoch }: Pick<Run, 'runId' | 'epoch'>): string {
  return `${runId}#${epoch}`
}

/** The run and epoch of a holder. */
export function holderRun(holder: string): { readonly runId: string; readonly epoch: number } {
  const [runId = '', epoch = ''] = holder.split('#')
  return { runId, epoch: Number(epoch) }
}

/** Takes a place, where one is free or held already. The first place of a limit ever is `firstSlotWrite`'s. */
export function takeSlotWrite(slot: Slot, run: Run, now: number): ItemWrite {
  const path = `holders.${holderName(run)}`
  return {
    key: slotsKey(slot),
    mode: 'update',
    set: { [path]: now },
    condition: all(present('holders'), any(present(path), fewer('holders', slot.limit))),
  }
}

export function firstSlotWrite(slot: Slot, run: Run, now: number): ItemWrite {
  return {
    key: slotsKey(slot),
    mode: 'update',
    set: { holders: { [holderName(run)]: now } },
    condition: absent('holders'),
  }
}

/** Gives a place back; there may be none. */
export function freeSlotWrite(slot: Slot, holder: string): ItemWrite {
  const path = `holders.${holder}`
  return { key: slotsKey(slot), mode: 'update', set: {}, remove: [path], condition: present(path) }
}

/** The run's turn has come: it holds a place. */
export function turnWrite(run: Run, now: number): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { status: 'RUNNING' satisfies RunStatus, holdsSlot: run.epoch, dueAt: dueTime(now) },
    remove: ['waitingFor'],
    condition: all(equals('status', 'QUEUED'), equals('epoch', run.epoch)),
  }
}

/** The place of this epoch is given back. */
export function slotFreedWrite(run: Run): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: {},
    remove: ['holdsSlot'],
    condition: all(equals('status', run.status), equals('epoch', run.epoch)),
  }
}

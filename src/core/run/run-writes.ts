import { recoveredName } from '../alert/alert-kind.ts'
import { absent, all, any, asRead, below, equals, type ItemWrite, not, oneOf, runKey } from './item-write.ts'
import { dueTime, type Run, type RunStatus, type Slot } from './run.ts'

/** A finished run is kept 90 days. @see protocol: TTL only on finished runs */
const KEPT_SECONDS = 90 * 24 * 3600
/** A publisher that has not marked its alert by then is taken for dead. */
const ALERT_LEASE = 60_000

/** Writes the run if there is none of this id: a doubled trigger finds the first one's. */
export function startWrite(run: Run): ItemWrite {
  const { runId } = run
  return { key: runKey(runId), mode: 'replace', set: { ...run }, condition: absent('runId') }
}

/**
 * Ends the run: status, alert and due time in one write, so that no crash can part them. It is due at once: its end is to
 * be announced.
 */
export function finishWrite(
  run: Run,
  status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED',
  now: number,
  isRecovery = false,
): ItemWrite {
  const failed = status === 'FAILED'
  const pending = { state: 'pending' }
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: {
      status,
      finishedAt: now,
      expiresAt: Math.floor(now / 1000) + KEPT_SECONDS,
      dueAt: dueTime(now),
      [`alerts.${run.epoch}`]: failed ? pending : undefined,
      [`alerts.${recoveredName(run.epoch)}`]: isRecovery ? pending : undefined,
    },
    remove: ['advanceAt'],
    condition: asStatusRead(run),
  }
}

/** Asks a live run to stop. */
export function cancelWrite(run: Run, now: number): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { status: 'CANCELLING' satisfies RunStatus, dueAt: dueTime(now) },
    remove: ['waitingFor'],
    condition: oneOf('status', ['COLLECTING', 'QUEUED', 'RUNNING']),
  }
}

/** A run under a limit waits first, at its beginning and after each retry. */
export function beginning(slot: Slot | undefined): Pick<Run, 'status' | 'waitingFor'> {
  return slot === undefined ? { status: 'RUNNING' } : { status: 'QUEUED', waitingFor: slot.key }
}

/** A set that was given up while it gathered is closed first, with the members that have come: jobs look up its manifest. */
function beginningAgain({ collect, slot }: Run): ItemWrite['set'] {
  if (collect === undefined || collect.state === 'closed') return beginning(slot)
  return { status: 'COLLECTING' satisfies RunStatus, 'collect.state': 'closing' }
}

/** Opens the next epoch of a final run; `decide` finds out what runs again. */
export function retryWrite(
  run: Run,
  epoch: number,
  now: number,
  next: Partial<Pick<Run, 'definition' | 'parameters' | 'again' | 'failedItems'>> = {},
): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { ...beginningAgain(run), epoch: epoch + 1, dueAt: dueTime(now), ...next },
    remove: [
      'expiresAt',
      'finishedAt',
      ...(next.again ? [] : ['again']),
      ...(next.failedItems ? [] : ['failedItems']),
    ],
    condition: all(oneOf('status', ['SUCCEEDED', 'FAILED', 'CANCELLED']), equals('epoch', epoch)),
  }
}

/** Moves the due time; raising or removing it needs the run exactly as it was read, lowering does not. */
export function dueWrite(run: Run, at: number | undefined): ItemWrite | undefined {
  const dueAt = at === undefined ? undefined : dueTime(at)
  if (dueAt === run.dueAt) return undefined
  const lowers = dueAt !== undefined && (run.dueAt === undefined || dueAt < run.dueAt)
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { dueAt },
    remove: dueAt === undefined ? ['dueAt'] : [],
    condition: lowers
      ? all(asStatusRead(run), any(absent('dueAt'), not(below('dueAt', dueAt))))
      : all(asStatusRead(run), asRead('dueAt', run.dueAt)),
  }
}

/** Pushes a due run on, so that of two sweeps one asks for `advance` and a poison run starves nobody. */
export function sweptWrite(run: Run, next: number): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { dueAt: dueTime(next) },
    condition: asRead('dueAt', run.dueAt),
  }
}

/** Reserves the next `advance` message of a big run: one per interval. */
export function advanceAtWrite(run: Run, at: number, now: number): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { advanceAt: at },
    condition: all(equals('status', run.status), any(absent('advanceAt'), below('advanceAt', now))),
  }
}

/** Takes the right to publish a pending alert for a minute. */
export function alertClaimWrite(run: Run, alert: string, now: number): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { [`alerts.${alert}.until`]: now + ALERT_LEASE },
    condition: all(
      equals(`alerts.${alert}.state`, 'pending'),
      any(absent(`alerts.${alert}.until`), below(`alerts.${alert}.until`, now)),
    ),
  }
}

/** Gives a claimed alert back until its turn comes. */
export function alertPostponeWrite(run: Run, alert: string, until: number): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { [`alerts.${alert}.until`]: until },
    condition: equals(`alerts.${alert}.state`, 'pending'),
  }
}

/** Raises an alert in a run that goes on. */
export function raiseAlertWrite(run: Run, alert: string): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { [`alerts.${alert}`]: { state: 'pending' } },
    condition: all(asStatusRead(run), absent(`alerts.${alert}`)),
  }
}

/** Records that an alert was published. */
export function alertSentWrite(run: Run, alert: string): ItemWrite {
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { [`alerts.${alert}.state`]: 'sent' },
    remove: [`alerts.${alert}.until`],
    condition: equals(`alerts.${alert}.state`, 'pending'),
  }
}

/** Records that the end of this epoch was announced; takes the due time away with it when nothing else is owed. */
export function announcedWrite(run: Run, nothingOwed: boolean): ItemWrite {
  const isNext = any(absent('announced'), below('announced', run.epoch))
  return {
    key: runKey(run.runId),
    mode: 'update',
    set: { announced: run.epoch },
    remove: nothingOwed ? ['dueAt'] : [],
    condition: all(asStatusRead(run), isNext, ...(nothingOwed ? [asRead('dueAt', run.dueAt)] : [])),
  }
}

function asStatusRead(run: Run) {
  return all(equals('status', run.status), equals('epoch', run.epoch))
}

import { absent, equals, type ItemKey, type ItemWrite } from '../run/item-write.ts'

/**
 * The failures of a workflow in the last minutes: the first ten are told one by one, those after them in one digest.
 * What waits for the digest stays pending in its run's record, so that nothing is lost with this item. Times in
 * milliseconds.
 */
export interface AlertWindow {
  /** Raised by every write: the condition that it is as it was read. */
  readonly revision: number
  readonly openedAt: number
  /** Failures told by themselves. */
  readonly own: readonly string[]
  /** Failures that wait for the digest, with their causes. */
  readonly folded: Readonly<Record<string, string>>
  /** Failures that the digest before this window told, in case their runs have not heard of it. */
  readonly told?: readonly string[]
  /** Who sends the digest holds it until then. */
  readonly claimedUntil?: number
  readonly sentAt?: number
}

/** What is to be done with a failure. */
export type Turn =
  | { readonly type: 'publish'; readonly write?: ItemWrite }
  /** To be asked again at that time. */
  | { readonly type: 'wait'; readonly at: number; readonly write?: ItemWrite }
  | { readonly type: 'digest'; readonly write: ItemWrite; readonly window: AlertWindow }
  /** A digest has told it. */
  | { readonly type: 'told' }

const OWN_MESSAGES = 10
const WINDOW = 5 * 60_000
/** A digest goes out so long after its window was opened: with the sweep's minute, within five. */
const DIGEST_AFTER = 3.5 * 60_000
/** So many, and the digest does not wait: a message and an item have their limits. */
const MOST_FOLDED = 500
const CLAIM = 60_000

export function windowKey(workflow: string): ItemKey {
  return { pk: `alerts#${workflow}`, sk: 'window' }
}

/** The name of a failure: a run and its epoch. */
export function failureName(runId: string, epoch: number): string {
  return `${runId}-${epoch}`
}

/** Whose turn it is. Asking again is harmless: what is known of a failure stands in the window. */
export function turnOf(
  workflow: string,
  window: AlertWindow | undefined,
  failure: string,
  cause: string,
  now: number,
): Turn {
  const write = (next: Omit<AlertWindow, 'revision'>) => windowWrite(workflow, window, next, now)
  if (window?.own.includes(failure)) return { type: 'publish' }
  if (window?.told?.includes(failure)) return { type: 'told' }
  const isFolded = window !== undefined && Object.hasOwn(window.folded, failure)
  if (isFolded) return turnOfFolded(window, write, now)
  if (window === undefined || isOver(window, now)) {
    const told = Object.keys(window?.folded ?? {})
    return { type: 'publish', write: write({ openedAt: now, own: [failure], folded: {}, told }) }
  }
  if (window.own.length < OWN_MESSAGES) {
    return { type: 'publish', write: write({ ...window, own: [...window.own, failure] }) }
  }
  // A digest on its way takes no more: the next window opens when it is out.
  if (window.claimedUntil !== undefined) return { type: 'wait', at: Math.max(now, window.claimedUntil) }
  const folded = { ...window.folded, [failure]: cause }
  return { type: 'wait', at: window.openedAt + DIGEST_AFTER, write: write({ ...window, folded }) }
}

function turnOfFolded(
  window: AlertWindow,
  write: (next: Omit<AlertWindow, 'revision'>) => ItemWrite,
  now: number,
): Turn {
  if (window.sentAt !== undefined) return { type: 'told' }
  const due = window.openedAt + DIGEST_AFTER
  const isFull = Object.keys(window.folded).length >= MOST_FOLDED
  if (now < due && !isFull) return { type: 'wait', at: due }
  if ((window.claimedUntil ?? 0) > now) return { type: 'wait', at: window.claimedUntil ?? now }
  return { type: 'digest', window, write: write({ ...window, claimedUntil: now + CLAIM }) }
}

/** With its digest, or after five minutes without need for one. */
function isOver({ folded, sentAt, openedAt }: AlertWindow, now: number): boolean {
  return sentAt !== undefined || (Object.keys(folded).length === 0 && now - openedAt > WINDOW)
}

/** Notes that the digest of a window, claimed by us, is out. */
export function digestSentWrite(workflow: string, claimed: AlertWindow, now: number): ItemWrite {
  return windowWrite(workflow, claimed, { ...claimed, sentAt: now }, now)
}

const KEPT_SECONDS = 30 * 24 * 3600

function windowWrite(
  workflow: string,
  window: AlertWindow | undefined,
  next: Omit<AlertWindow, 'revision'>,
  now: number,
): ItemWrite {
  const revision = (window?.revision ?? 0) + 1
  return {
    key: windowKey(workflow),
    mode: 'replace',
    set: { ...next, revision, expiresAt: Math.floor(now / 1000) + KEPT_SECONDS },
    condition: window === undefined ? absent('revision') : equals('revision', window.revision),
  }
}

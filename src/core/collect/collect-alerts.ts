import { type AlertMessage, alertMessage } from '../alert/alert-message.ts'
import type { AlertPlace } from '../alert/failed-alert.ts'
import { timeText, wholeLine, wrapped } from '../alert/mail-text.ts'
import type { Run } from '../run/run.ts'
import type { Collect } from '../workflow/workflow.ts'
import type { Member } from './collection.ts'
import { type ListedMember, uriOf } from './set-manifest.ts'

/** So many keys are named. */
const MOST_KEYS = 20

/** Tells that a set of objects is not complete at its deadline, and what is missing. */
export function incompleteAlert(
  run: Run,
  members: readonly Member[],
  collect: Collect,
  place: AlertPlace,
  listing?: Listing,
): AlertMessage {
  const missing = missingText(members, collect, listing)
  return alertMessage({
    ...{ workflow: run.workflow, kind: 'late', stage: place.stage, sms: place.sms },
    summary: 'waits for objects',
    detail: `Set ${run.collect?.by}: ${missing}`,
    lines: [
      `Run ${run.runId} of workflow ${run.workflow} waits for objects.`,
      '',
      ...wrapped(`At the deadline of the set ${run.collect?.by}, ${missing}. It still waits.`),
      `The first one came at ${timeText(run.createdAt)}.`,
      '',
      ...(listing && 'missing' in listing ? missingLines(listing.missing) : []),
      ...keysOf(members),
      '',
      'Give it up:',
      `  batchwise cancel ${run.runId}${place.stage === 'local' ? '' : ` --stage ${place.stage}`}`,
    ],
  })
}

/** What a manifest lists that is not there, or why it could not be used. */
export type Listing =
  | { readonly listed: number; readonly missing: readonly Missing[] }
  | { readonly reason: string }

export interface Missing extends ListedMember {
  /** The trigger would take it for another set's object, or for none. */
  readonly neverComes: boolean
}

function missingText(members: readonly Member[], { until }: Collect, listing: Listing | undefined): string {
  const there = `${members.length} objects are there`
  switch (until.type) {
    case 'count':
      return `${members.length} of ${until.count} objects are there`
    case 'quiet':
      return there
    case 'marker':
      return `${there}, and ${until.name} is not`
    case 'manifest':
      if (listing === undefined) return `${there}, and ${until.name} is not`
      if ('reason' in listing) return `${there}, and ${until.name} cannot be used: ${listing.reason}`
      return `${listing.listed - listing.missing.length} of the ${listing.listed} objects that ${until.name} lists are there`
  }
}

function missingLines(missing: readonly Missing[]): readonly string[] {
  const never = missing.some(({ neverComes }) => neverComes)
  return [
    'Missing:',
    ...shortList(missing, object => `${uriOf(object)}${object.neverComes ? ' (*)' : ''}`),
    ...(never ? wrapped('(*) does not fit the key and the set of the trigger: it never comes.') : []),
    '',
    'There:',
  ]
}

/** Tells of objects that came after their set was closed. */
export function lateMembersAlert(run: Run, members: readonly Member[], place: AlertPlace): AlertMessage {
  const late = members.filter(({ fate }) => fate === 'late')
  return alertMessage({
    ...{ workflow: run.workflow, kind: 'late', stage: place.stage, sms: place.sms },
    summary: 'got objects too late',
    detail: `Set ${run.collect?.by}, run ${run.runId}`,
    lines: [
      `Run ${run.runId} of workflow ${run.workflow} got objects too late.`,
      '',
      ...wrapped(`They belong to the set ${run.collect?.by}, which was closed before. No run has them.`),
      '',
      ...(late.length > 0 ? keysOf(late) : ['An object of the set was uploaded again.']),
    ],
  })
}

function keysOf(members: readonly Member[]): readonly string[] {
  return shortList(members, uriOf)
}

function shortList<One>(all: readonly One[], textOf: (one: One) => string): readonly string[] {
  const shown = all.slice(0, MOST_KEYS).map(one => wholeLine('  ', textOf(one)))
  const more = all.length - MOST_KEYS
  return more > 0 ? [...shown, `  and ${more} more`] : shown
}

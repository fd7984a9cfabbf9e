import { sharedNames } from '../collect/collection.ts'
import { BatchwiseError } from '../errors.ts'
import { OBJECT_NAMES, readPattern } from './check-triggers.ts'
import { type Draft, triggersAreComplete } from './draft.ts'
import type { TriggerFile } from './trigger-schema.ts'

/** What `${trigger.NAME}` has for the runs of a trigger. */
export interface TriggerNames {
  /** Place among the triggers; -1 for a start by hand. */
  readonly index: number
  readonly kind: keyof TriggerFile | 'hand'
  /** As messages have it. */
  readonly title: string
  /** One that ends in `.*` stands for whatever is below it. */
  readonly names: readonly string[]
}

export const SCHEDULE_NAMES = [
  'scheduledTime',
  'scheduledDate',
  'previousDate',
  'year',
  'month',
  'day',
  'hour',
] as const
const AFTER_NAMES = ['runId', 'workflow', 'status', 'output'] as const
/** What a set of objects has, beside the captures that its `by` names. */
const SET_NAMES = ['bucket', 'count', 'objects']
const EVENT_NAMES = ['detail.*']

/** The names of every trigger; undefined when one is at fault: nothing can be said then. */
export function triggerNames(draft: Draft): readonly TriggerNames[] | undefined {
  const { triggers = [] } = draft.file
  if (!triggersAreComplete(draft)) return undefined
  // Without a trigger a run is started by hand, and `--object` gives what every object has.
  if (triggers.length === 0)
    return [{ index: -1, kind: 'hand', title: 'a start by hand', names: OBJECT_NAMES }]
  const found: TriggerNames[] = []
  for (const [index, trigger] of triggers.entries()) {
    const names = namesOf(trigger)
    if (names === undefined) return undefined
    found.push({ index, title: `triggers[${index}]`, ...names })
  }
  return found
}

export function hasName({ names }: TriggerNames, name: string): boolean {
  return names.some(known => (known.endsWith('.*') ? name.startsWith(known.slice(0, -1)) : known === name))
}

function namesOf({
  object,
  schedule,
  event,
  after,
}: TriggerFile): Pick<TriggerNames, 'kind' | 'names'> | undefined {
  if (schedule) return { kind: 'schedule', names: SCHEDULE_NAMES }
  if (event) return { kind: 'event', names: EVENT_NAMES }
  if (after) return { kind: 'after', names: AFTER_NAMES }
  if (!object) return undefined
  const pattern = readPattern(object.key)
  if (pattern instanceof BatchwiseError) return undefined
  if (object.collect) return { kind: 'object', names: [...sharedNames(object.collect), ...SET_NAMES] }
  return { kind: 'object', names: [...OBJECT_NAMES, ...pattern.captures] }
}

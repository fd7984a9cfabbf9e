import { type Captures, parseKeyPattern } from './key-pattern.ts'
import { matchKey } from './match-key.ts'
import type { ObjectTrigger, Workflow } from './workflow.ts'

/** An object as its event tells of it. */
export interface CreatedObject {
  readonly bucket: string
  /** Raw, as in the event: nothing encoded. */
  readonly key: string
  /** Bytes. */
  readonly size: number
}

export interface TriggerMatch {
  readonly workflow: Workflow
  /** Place among the workflow's triggers. */
  readonly triggerIndex: number
  readonly trigger: ObjectTrigger
  readonly captures: Captures
  /** The object closes a set, or lists it, and is no part of it. */
  readonly isMarker: boolean
}

/**
 * The workflows an object starts, each at most once: the first of its triggers that matches counts.
 * The workflows' buckets are resolved (`resolveStack`).
 */
export function matchObject(workflows: readonly Workflow[], object: CreatedObject): readonly TriggerMatch[] {
  return workflows.flatMap(workflow => {
    for (const [triggerIndex, trigger] of workflow.triggers.entries()) {
      if (trigger.type !== 'object' || trigger.bucket !== object.bucket) continue
      const marked = matchMarker(trigger, object)
      const captures = marked ?? matchTrigger(trigger, object)
      if (captures) return [{ workflow, triggerIndex, trigger, captures, isMarker: marked !== undefined }]
    }
    return []
  })
}

function matchTrigger(trigger: ObjectTrigger, { key, size }: CreatedObject): Captures | undefined {
  return size < trigger.minSize ? undefined : matchKey(parseKeyPattern(trigger.key), key)
}

/** A marker is empty more often than not. */
function matchMarker(trigger: ObjectTrigger, { key }: CreatedObject): Captures | undefined {
  const pattern = markerPattern(trigger)
  return pattern === undefined ? undefined : matchKey(parseKeyPattern(pattern), key)
}

/** The key of the object that closes a set, or lists it: a name in the folder of the set's keys. Undefined where nothing does. */
export function markerPattern({ key, collect }: ObjectTrigger): string | undefined {
  if (collect?.until.type !== 'marker' && collect?.until.type !== 'manifest') return undefined
  return `${key.slice(0, key.lastIndexOf('/') + 1)}${collect.until.name}`
}

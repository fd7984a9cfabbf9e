import { parseDuration } from './duration.ts'
import type { TriggerFile } from './trigger-schema.ts'
import type { Collect, CollectUntil, Trigger } from './workflow.ts'

type CollectFile = NonNullable<NonNullable<TriggerFile['object']>['collect']>

const DEADLINE = '24h'

function compileCollect({ by, until, deadline, onDeadline, late }: CollectFile): Collect {
  return {
    by,
    until: compileUntil(until),
    deadline: parseDuration(deadline ?? DEADLINE) ?? 0,
    onDeadline: onDeadline ?? 'alert',
    late: late ?? 'alert',
  }
}

/** E155 refuses anything but one of them. */
function compileUntil({ count, quiet, manifest, marker = '' }: CollectFile['until']): CollectUntil {
  if (count !== undefined) return { type: 'count', count }
  if (quiet !== undefined) return { type: 'quiet', seconds: parseDuration(quiet) ?? 0 }
  if (manifest !== undefined) return { type: 'manifest', name: manifest }
  return { type: 'marker', name: marker }
}

/** A trigger without faults as the core sees it. It has exactly one kind: E114 refuses any other. */
export function compileTrigger({ object, schedule, event, after }: TriggerFile): readonly Trigger[] {
  if (object) {
    const { bucket, key, minSize = 1, collect } = object
    return [{ type: 'object', bucket, key, minSize, ...(collect && { collect: compileCollect(collect) }) }]
  }
  if (schedule) {
    const { cron, rate, timezone = 'UTC', overlap = 'skip', parameters = {} } = schedule
    const expression = cron === undefined ? `rate(${rate})` : `cron(${cron.trim().replace(/\s+/g, ' ')})`
    return [{ type: 'schedule', expression, timezone, overlap, parameters }]
  }
  if (event) return [{ type: 'event', pattern: event.pattern, parameters: event.parameters ?? {} }]
  if (after) {
    const { workflow, status = 'SUCCEEDED', parameters = {} } = after
    return [{ type: 'after', workflow, status, parameters }]
  }
  return []
}

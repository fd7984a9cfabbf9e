import type { RequestedObject } from '../event/run-request.ts'
import { scheduleFacts } from '../schedule/schedule-facts.ts'
import { matchObject } from '../workflow/match-trigger.ts'
import type { Workflow } from '../workflow/workflow.ts'
import { objectFacts } from './object-trigger.ts'
import type { TriggerFacts } from './run.ts'

/**
 * What `${trigger.NAME}` gives in a run that is started by hand: the object's place and what its key captures; without an
 * object, in a workflow with a schedule, what it would give if that fired now.
 */
export function manualFacts(
  workflow: Workflow,
  object: RequestedObject | undefined,
  now: number,
): TriggerFacts {
  if (object === undefined) return { type: 'manual', values: scheduledNow(workflow, now) }
  // What was asked for by hand may be of any size.
  const [match] = matchObject([workflow], { ...object, size: Number.MAX_SAFE_INTEGER })
  return objectFacts(object, match?.captures ?? {})
}

function scheduledNow({ triggers }: Workflow, now: number): TriggerFacts['values'] {
  const schedule = triggers.find(trigger => trigger.type === 'schedule')
  return schedule ? scheduleFacts(schedule.timezone, now) : {}
}

import type { BusEvent } from '../event/bus-event.ts'
import { parseRunStateChange, type RunStateChange } from '../event/run-state-change.ts'
import type { EventMatch } from '../workflow/match-event.ts'
import type { TriggerFacts } from './run.ts'
import type { TriggerIdentity } from './run-identity.ts'
import { lookedUpDetail } from './trigger-scope.ts'

/** What an event that starts a run of a workflow makes of it. */
export interface EventStart {
  readonly identity: TriggerIdentity
  readonly facts: TriggerFacts
  /** The run whose end started this one. */
  readonly parent?: string
}

/** One run per event, and of a run that ends one per epoch. */
export function eventStart({ workflow, trigger }: EventMatch, event: BusEvent): EventStart {
  const ended = trigger.type === 'after' ? parseRunStateChange(event.whole) : undefined
  if (ended) {
    const { runId, epoch } = ended
    return { identity: { type: 'after', runId, epoch }, facts: afterFacts(ended), parent: runId }
  }
  const detail = lookedUpDetail(workflow, event.detail)
  return { identity: { type: 'event', eventId: event.eventId }, facts: { type: 'event', values: {}, detail } }
}

/** What `${trigger.NAME}` gives after another workflow's run. */
export function afterFacts({ runId, workflow, status, output }: RunStateChange): TriggerFacts {
  return { type: 'after', values: { runId, workflow, status, output } }
}

import type { BusEvent } from '../core/event/bus-event.ts'
import { eventStart } from '../core/run/event-trigger.ts'
import { parametersFrom } from '../core/run/trigger-scope.ts'
import { matchEvent } from '../core/workflow/match-event.ts'
import type { Starter } from './service.ts'
import { startRun } from './start-run.ts'

/**
 * Starts a run of every workflow that an event triggers: one of an `event` trigger's pattern, or the end of another
 * workflow's run. The same delivery again finds the same runs.
 */
export async function startFromEvent(service: Starter, event: BusEvent): Promise<void> {
  const workflows = service.settings.definitions.map(definition => definition.workflow)
  const matches = matchEvent(workflows, event)
  if (matches.length === 0) service.log.record('event-ignored', { eventId: event.eventId })
  for (const match of matches) {
    const { identity, facts, parent } = eventStart(match, event)
    const parameters = parametersFrom(match.workflow, match.trigger, facts)
    const workflow = match.workflow.name
    await startRun(service, { workflow, identity, trigger: facts, parameters, ...(parent && { parent }) })
  }
}

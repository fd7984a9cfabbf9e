import type { BusEvent } from '../event/bus-event.ts'
import { parseRunStateChange } from '../event/run-state-change.ts'
import { compilePattern } from '../event-pattern/pattern.ts'
import type { AfterTrigger, EventTrigger, Trigger, Workflow } from './workflow.ts'

export interface EventMatch {
  readonly workflow: Workflow
  readonly trigger: EventTrigger | AfterTrigger
}

/** The workflows an event starts, each at most once: the first of its triggers that matches counts. */
export function matchEvent(workflows: readonly Workflow[], event: BusEvent): readonly EventMatch[] {
  return workflows.flatMap(workflow => {
    const trigger = workflow.triggers.find(candidate => matches(candidate, event))
    return trigger?.type === 'event' || trigger?.type === 'after' ? [{ workflow, trigger }] : []
  })
}

const compiled = new WeakMap<EventTrigger, (event: object) => boolean>()

function matches(trigger: Trigger, event: BusEvent): boolean {
  switch (trigger.type) {
    case 'event': {
      const holds = compiled.get(trigger) ?? compilePattern(trigger.pattern)
      compiled.set(trigger, holds)
      return holds(event.whole)
    }
    case 'after': {
      const ended = parseRunStateChange(event.whole)
      return ended?.workflow === trigger.workflow && ended.status === trigger.status
    }
    case 'object':
    case 'schedule':
      return false
  }
}

import { equals, type ItemKey, type ItemWrite, not } from '../run/item-write.ts'

/** Whether a workflow's last told end was a failure, and which run made it good. */
export interface WorkflowOutcome {
  readonly failing?: boolean
  readonly recoveredBy?: string
}

export function outcomeKey(workflow: string): ItemKey {
  return { pk: `workflow#${workflow}`, sk: 'outcome' }
}

/** Notes that a failure was told: the next success is told too. */
export function failingWrite(workflow: string): ItemWrite {
  return {
    key: outcomeKey(workflow),
    mode: 'update',
    set: { failing: true },
    remove: ['recoveredBy'],
    condition: not(equals('failing', true)),
  }
}

/** Of several successes after a failure, one is the first. */
export function recoveredWrite(workflow: string, runId: string): ItemWrite {
  return {
    key: outcomeKey(workflow),
    mode: 'update',
    set: { failing: false, recoveredBy: runId },
    condition: equals('failing', true),
  }
}

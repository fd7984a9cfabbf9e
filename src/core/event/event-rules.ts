import { parseKeyPattern } from '../workflow/key-pattern.ts'
import { markerPattern } from '../workflow/match-trigger.ts'
import type { AfterTrigger, EventTrigger, ObjectTrigger, Trigger, Workflow } from '../workflow/workflow.ts'
import { ENDED_EXECUTION, EXECUTION_CHANGE } from './execution-change.ts'
import { JOB_STATE_CHANGE } from './job-state-change.ts'
import { QUEUE_BLOCKED } from './queue-blocked.ts'
import { REQUEST_TYPES } from './run-request.ts'
import { BATCHWISE_SOURCE, RUN_STATE_CHANGE } from './run-state-change.ts'

/** A rule of EventBridge that brings events to one of our queues, named as in serverless.yml. */
export interface EventRule {
  readonly name: string
  readonly bus: 'default' | 'batchwise'
  readonly pattern: Readonly<Record<string, unknown>>
  readonly queue: 'ObjectCreatedQueue' | 'JobStateChangeQueue' | 'RequestQueue' | 'EventQueue'
}

/**
 * The rules of a stack. Deploy writes them into the template and local mode loads them, so what is filtered on a laptop
 * is filtered in AWS. Buckets must be final names.
 */
export function eventRules(stack: string, workflows: readonly Workflow[]): readonly EventRule[] {
  return [
    jobStateRule(stack),
    queueBlockedRule(stack),
    ...executionRules(workflows),
    requestRule(),
    ...workflows.flatMap(({ name, triggers }) =>
      triggers.flatMap((trigger, index) => triggerRule(name, index, trigger)),
    ),
  ]
}

/** Schedules are no rules: `schedulesOf` has them. */
function triggerRule(workflow: string, index: number, trigger: Trigger): readonly EventRule[] {
  switch (trigger.type) {
    case 'object':
      return objectRules(workflow, index, trigger)
    case 'event':
      return [patternRule(workflow, index, trigger)]
    case 'after':
      return [afterRule(workflow, index, trigger)]
    case 'schedule':
      return []
  }
}

/** The state machines that jobs of these workflows start. */
export function stateMachinesOf(workflows: readonly Workflow[]): readonly string[] {
  const jobs = workflows.flatMap(workflow => Object.values(workflow.jobs))
  const found = jobs.flatMap(({ container }) =>
    container.type === 'stateMachine' ? [container.stateMachine] : [],
  )
  return [...new Set(found)].sort()
}

/** Only ends of our own jobs, and no array's children: their parent tells. */
function jobStateRule(stack: string): EventRule {
  return {
    name: 'job-state-change',
    bus: 'default',
    queue: 'JobStateChangeQueue',
    pattern: {
      source: ['aws.batch'],
      'detail-type': [JOB_STATE_CHANGE],
      detail: {
        status: ['SUCCEEDED', 'FAILED'],
        jobName: [{ prefix: `${stack}_` }],
        arrayProperties: { index: [{ exists: false }] },
      },
    },
  }
}

/** Only where a job of ours stands at the head; it comes by the queue of its other news. */
function queueBlockedRule(stack: string): EventRule {
  return {
    name: 'job-queue-blocked',
    bus: 'default',
    queue: 'JobStateChangeQueue',
    pattern: {
      source: ['aws.batch'],
      'detail-type': [QUEUE_BLOCKED],
      detail: { jobName: [{ prefix: `${stack}_` }] },
    },
  }
}

/** Ends of executions of the state machines that are named; those of other callers are passed over by the handler. */
function executionRules(workflows: readonly Workflow[]): readonly EventRule[] {
  const stateMachines = stateMachinesOf(workflows)
  if (stateMachines.length === 0) return []
  return [
    {
      name: 'execution-status-change',
      bus: 'default',
      queue: 'JobStateChangeQueue',
      pattern: {
        source: ['aws.states'],
        'detail-type': [EXECUTION_CHANGE],
        detail: { status: [...ENDED_EXECUTION], stateMachineArn: stateMachines.map(machineFilter) },
      },
    },
  ]
}

/** What only a run knows may be any state machine. */
function machineFilter(stateMachine: string): unknown {
  const [head = ''] = stateMachine.split('${', 1)
  return head === stateMachine ? stateMachine : { prefix: head }
}

function requestRule(): EventRule {
  return {
    name: 'request',
    bus: 'batchwise',
    queue: 'RequestQueue',
    pattern: { 'detail-type': [...REQUEST_TYPES] },
  }
}

/** One for the objects, and one for the object that closes their set. */
function objectRules(workflow: string, index: number, trigger: ObjectTrigger): readonly EventRule[] {
  const name = `${workflow}-object-${index + 1}`
  const marker = markerPattern(trigger)
  const rule = objectRule(name, trigger)
  return marker === undefined ? [rule] : [rule, objectRule(`${name}-marker`, { ...trigger, key: marker })]
}

/** The literal head and tail of the key: a superset of what the handler then matches exactly. */
function objectRule(name: string, trigger: ObjectTrigger): EventRule {
  return {
    name,
    bus: 'default',
    queue: 'ObjectCreatedQueue',
    pattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: [trigger.bucket] }, object: { key: [keyFilter(trigger.key)] } },
    },
  }
}

function patternRule(workflow: string, index: number, { pattern }: EventTrigger): EventRule {
  return { name: `${workflow}-event-${index + 1}`, bus: 'default', queue: 'EventQueue', pattern }
}

function afterRule(workflow: string, index: number, trigger: AfterTrigger): EventRule {
  return {
    name: `${workflow}-after-${index + 1}`,
    bus: 'batchwise',
    queue: 'EventQueue',
    pattern: {
      source: [BATCHWISE_SOURCE],
      'detail-type': [RUN_STATE_CHANGE],
      detail: { workflow: [trigger.workflow], status: [trigger.status] },
    },
  }
}

function keyFilter(key: string): unknown {
  const { literalHead, literalTail, exact } = parseKeyPattern(key)
  if (exact) return literalHead
  if (literalTail === '') return literalHead === '' ? { exists: true } : { prefix: literalHead }
  if (literalHead === '') return { suffix: literalTail }
  return { wildcard: `${escaped(literalHead)}*${escaped(literalTail)}` }
}

function escaped(text: string): string {
  return text.replace(/[\\*]/g, '\\$&')
}

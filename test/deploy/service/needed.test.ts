import { expect, it } from 'vitest'
import type { Trigger, Workflow } from '../../../src/core/workflow/workflow.ts'
import { isNeeded } from '../../../src/deploy/service/needed.ts'
import { definitionOf } from '../../core/run/given.ts'

const READERS = {
  'on-object-created': ['ObjectCreatedQueue'],
  'on-job-state-change': ['JobStateChangeQueue'],
  'on-request': ['RequestQueue'],
  'on-event': ['EventQueue'],
  'on-schedule': [],
  advance: ['AdvanceQueue'],
  sweep: [],
}
const ALWAYS = ['on-job-state-change', 'on-request', 'advance', 'sweep']
const OBJECT: Trigger = { type: 'object', bucket: 'in', key: '{x}', minSize: 1 }
const SCHEDULE: Trigger = {
  type: 'schedule',
  expression: 'rate(1 hour)',
  timezone: 'UTC',
  overlap: 'allow',
  parameters: {},
}
const AFTER: Trigger = { type: 'after', workflow: 'other', status: 'SUCCEEDED', parameters: {} }

const workflowWith = (...triggers: readonly Trigger[]): Workflow =>
  definitionOf({ a: {} }, { triggers }).workflow

it.each<[string, readonly Workflow[], readonly string[]]>([
  ['no trigger', [workflowWith()], []],
  ['objects', [workflowWith(OBJECT)], ['on-object-created']],
  ['a schedule', [workflowWith(SCHEDULE)], ['on-schedule']],
  ['the end of another', [workflowWith(AFTER)], ['on-event']],
  [
    'all of them',
    [workflowWith(OBJECT), workflowWith(SCHEDULE, AFTER)],
    ['on-object-created', 'on-event', 'on-schedule'],
  ],
])('with %s wakes what can be invoked', (_title, workflows, more) => {
  const needed = Object.entries(READERS).filter(([name, queues]) => isNeeded({ name, queues }, workflows))
  expect(needed.map(([name]) => name).sort()).toEqual([...ALWAYS, ...more].sort())
})

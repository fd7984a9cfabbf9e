import { expect, it } from 'vitest'
import { matchObject } from '../../../src/core/workflow/match-trigger.ts'
import { readWorkflow } from '../../../src/core/workflow/read-workflow.ts'
import type { Workflow } from '../../../src/core/workflow/workflow.ts'
import { hostileKeys } from '../hostile-keys.ts'

const workflow = (name: string, ...triggers: readonly string[]): Workflow => {
  const text = `workflow: ${name}\ntriggers: [${triggers.map(trigger => `{ object: { ${trigger} } }`)}]\njobs: { a: { jobDefinition: x } }`
  const read = readWorkflow(text, `${name}.yaml`, { stackNames: [] }).workflow
  if (!read) throw new Error(`not a workflow: ${text}`)
  return read
}
const workflows = [
  workflow('csv', 'bucket: in, key: "{day}/{file...}.csv"', 'bucket: in, key: "{x...}"'),
  workflow('all', 'bucket: in, key: "**", minSize: 0'),
  workflow('big', 'bucket: in, key: "**", minSize: 100'),
  workflow('other', 'bucket: other, key: "**"'),
]
const matched = (bucket: string, key: string, size: number) =>
  matchObject(workflows, { bucket, key, size }).map(match => [
    match.workflow.name,
    match.triggerIndex,
    { ...match.captures },
  ])

it.each([
  [
    'the first trigger of a workflow counts',
    'in',
    'mon/a/b.csv',
    5,
    [
      ['csv', 0, { day: 'mon', file: 'a/b' }],
      ['all', 0, {}],
    ],
  ],
  [
    'a later one where the first does not match',
    'in',
    'a.csv',
    5,
    [
      ['csv', 1, { x: 'a.csv' }],
      ['all', 0, {}],
    ],
  ],
  [
    'sizes count from minSize on',
    'in',
    'a',
    100,
    [
      ['csv', 1, { x: 'a' }],
      ['all', 0, {}],
      ['big', 0, {}],
    ],
  ],
  ['empty objects are for who asks for them', 'in', 'folder/', 0, [['all', 0, {}]]],
  ['buckets are not mixed up', 'other', 'a', 1, [['other', 0, {}]]],
  ['an unknown bucket starts nothing', 'none', 'a', 1, []],
])('%s', (_title, bucket, key, size, matches) => expect(matched(bucket, key, size)).toEqual(matches))

it.each(hostileKeys)('captures the hostile key %j unchanged', key => {
  expect(matched('in', key, 1)).toContainEqual([
    'csv',
    expect.any(Number),
    expect.objectContaining(key.includes('/') && key.endsWith('.csv') ? {} : { x: key }),
  ])
})

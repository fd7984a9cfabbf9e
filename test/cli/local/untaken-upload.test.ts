import { expect, it } from 'vitest'
import { tellUntaken } from '../../../src/cli/local/untaken-upload.ts'
import { readWorkflow } from '../../../src/core/workflow/read-workflow.ts'
import type { AwsEvent } from '../../../src/local/aws-event.ts'

const text = (bucket: string, key: string) =>
  `workflow: w\ntriggers: [{ object: { bucket: "${bucket}", key: "${key}" } }]\njobs: { a: { jobDefinition: d, timeout: 1m } }\n`
const workflows = (bucket = 'in', key = 'raw/{name}.csv') => {
  const { workflow } = readWorkflow(text(bucket, key), 'w.yaml', { stackNames: [] })
  return workflow === undefined ? [] : [workflow]
}
const created = (key: string, { bucket = 'in', size = 5, second = 0 } = {}) =>
  ({
    'detail-type': 'Object Created',
    time: new Date(1_000 * second).toISOString(),
    detail: { bucket: { name: bucket }, object: { key, size } },
  }) as unknown as AwsEvent

const hintsOf = (events: readonly AwsEvent[], given = workflows()) => {
  const hints: string[] = []
  const onEvent = tellUntaken(given, 'in', hint => hints.push(hint))
  for (const event of events) onEvent(event)
  return hints
}

it.each([
  ['raw/a.txt', {}, 'No workflow takes s3://in/raw/a.txt: the triggers take keys like raw/{name}.csv.'],
  [
    'raw/\u001b[2J.txt',
    {},
    'No workflow takes s3://in/raw/\\x1b[2J.txt: the triggers take keys like raw/{name}.csv.',
  ],
  [
    'raw/a.csv',
    { size: 0 },
    'No workflow takes s3://in/raw/a.csv: the triggers take keys like raw/{name}.csv, and files that are not empty unless minSize is 0.',
  ],
])('tells that no workflow takes %j', (key, more, hint) => {
  expect(hintsOf([created(key, more)])).toEqual([hint])
})

it('says so where no workflow looks at the bucket', () => {
  expect(hintsOf([created('raw/a.csv')], workflows('elsewhere'))).toEqual([
    'No workflow takes s3://in/raw/a.csv: none has an object trigger for this bucket.',
  ])
})

it('is silent about what is taken, and about other buckets', () => {
  expect(hintsOf([created('raw/a.csv'), created('x', { bucket: 'out' })])).toEqual([])
})

it('tells of many at once in one line', () => {
  const many = Array.from({ length: 50 }, (_, index) => created(`x${index}`))
  const hints = hintsOf([...many, created('late', { second: 3 })])
  expect(hints).toHaveLength(2)
  expect(hints[1]).toContain('s3://in/late (nor 49 before it)')
})

import { expect, it } from 'vitest'
import { mendOfMissing } from '../../../src/cli/start/missing-value.ts'
import { readWorkflow } from '../../../src/core/workflow/read-workflow.ts'

const PHOTOS = '{ object: { bucket: b, key: "in/{name}.csv" } }'
const SET =
  '{ object: { bucket: b, key: "in/{name}.csv", collect: { by: "${trigger.name}", until: { count: 2 } } } }'
const HOURLY = '{ schedule: { rate: 1 hour } }'
const OBJECT = { bucket: 'b', key: 'elsewhere' }

it.each([
  ['an object that is not named', PHOTOS, 'trigger.uri', undefined, /^Name the object with --object s3/],
  [
    'an object of another key',
    PHOTOS,
    'trigger.name',
    OBJECT,
    /elsewhere does not.*takes: s3:\/\/b\/in\/\{name\}/,
  ],
  ['no trigger at all', '', 'trigger.uri', undefined, /^Name the object/],
  ['a set', SET, 'trigger.objects', undefined, /^Only a set/],
  [
    'an event',
    '{ event: { pattern: { source: [s] } } }',
    'trigger.detail.id',
    undefined,
    /^Only what triggers/,
  ],
  ['another run', '{ after: { workflow: x } }', 'trigger.runId', undefined, /^Only what triggers/],
  ['a schedule', HOURLY, 'jobs.a.output', undefined, undefined],
])('mends a look-up without a value: %s', (_title, trigger, lookUp, object, mend) => {
  const text = `workflow: w\ntriggers: [${trigger}]\njobs: { a: { jobDefinition: d, timeout: 1m } }`
  const { workflow, diagnostics } = readWorkflow(text, 'w.yaml', { stackNames: [] })
  expect(diagnostics).toEqual([])
  const told = mendOfMissing(workflow ?? expect.fail(), lookUp, object)
  if (mend === undefined) expect(told).toBeUndefined()
  else expect(told).toMatch(mend)
})

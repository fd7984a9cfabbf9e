import { expect, it } from 'vitest'
import { plannedRun } from '../../../src/cli/plan/planned-run.ts'
import { defineWorkflow } from '../../../src/core/run/definition.ts'
import { planRun } from '../../../src/core/run/plan.ts'
import { readWorkflow } from '../../../src/core/workflow/read-workflow.ts'

it('makes up a set, too, so that an array of its objects can be planned', () => {
  const text = `workflow: w
triggers:
  - object: { bucket: b, key: "in/{name}.csv", collect: { by: "\${trigger.name}", until: { count: 2 } } }
jobs: { a: { jobDefinition: d, timeout: 1m, array: { lines: "\${trigger.objects}" } } }`
  const { workflow } = readWorkflow(text, 'w.yaml', { stackNames: [] })
  const definition = defineWorkflow(workflow ?? expect.fail(), 'test', {
    defaultQueue: 'q',
    outputBucket: 'out',
  })
  const [job] = planRun(plannedRun(definition, undefined, {}, 0).run, definition, 'test').jobs
  expect(job).toMatchObject({ itemsFrom: expect.stringMatching(/objects\.jsonl$/) })
  expect(job?.problem).toBeUndefined()
})

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { workflowJsonSchema } from '../../../src/core/workflow/workflow-schema.ts'

const file = new URL('../../../workflow.schema.json', import.meta.url)

it('is what workflow.schema.json holds: run `npm run schema` after a change', () => {
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(workflowJsonSchema())
})

it('is draft-07, closed, and tells editors what each key of a job is', () => {
  const schema = JSON.parse(JSON.stringify(workflowJsonSchema()))
  const job = schema.properties.jobs.additionalProperties
  expect(schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    additionalProperties: false,
  })
  expect(job.additionalProperties).toBe(false)
  const silent = Object.entries<{ description?: string }>(job.properties).filter(
    ([, { description }]) => !description,
  )
  expect(silent).toEqual([])
})

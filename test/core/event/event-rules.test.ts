import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventRules } from '../../../src/core/event/event-rules.ts'
import { compilePattern } from '../../../src/core/event-pattern/pattern.ts'
import { parseKeyPattern } from '../../../src/core/workflow/key-pattern.ts'
import { matchKey } from '../../../src/core/workflow/match-key.ts'
import type { Workflow } from '../../../src/core/workflow/workflow.ts'

const BUCKET = 'drop'

function workflowOn(key: string): Workflow {
  return {
    name: 'wf',
    chaining: 'auto',
    tags: {},
    parameters: {},
    triggers: [{ type: 'object', bucket: BUCKET, key, minSize: 1 }],
    jobs: {},
  }
}

function objectPattern(pattern: string) {
  const [, , , rule] = eventRules('stack', [workflowOn(pattern)])
  return rule?.pattern as { readonly detail: { readonly object: { readonly key: readonly unknown[] } } }
}

function ruleFires(pattern: string, key: string): boolean {
  const detail = { bucket: { name: BUCKET }, object: { key } }
  return compilePattern(objectPattern(pattern))({ source: 'aws.s3', 'detail-type': 'Object Created', detail })
}

const literal = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '\\', '.', 'é', '"', '💾'),
  minLength: 1,
  maxLength: 4,
})
const wildcard = fc.constantFrom('{x}', '{y...}', '*', '**')
/** A pattern, and a key made from it by putting texts in the places of its wildcards. */
const patternAndKey = fc
  .array(fc.tuple(literal, wildcard, literal), { minLength: 0, maxLength: 3 })
  .chain(parts => fc.tuple(fc.constant(parts), literal, fc.array(literal, { minLength: 3, maxLength: 3 })))
  .map(([parts, end, fillings]) => ({
    pattern:
      parts.map(([head, wild, tail], i) => `${head}${wild.replace(/[xy]/, `$&${i}`)}${tail}`).join('') + end,
    key: parts.map(([head, , tail], i) => `${head}${fillings[i]}${tail}`).join('') + end,
  }))

describe('event rules', () => {
  it.each([
    ['raw/a.json', 'raw/a.json'],
    ['raw/{file}.json', { wildcard: 'raw/*.json' }],
    ['raw/{year}/{file}.json', { wildcard: 'raw/*.json' }],
    ['raw/**', { prefix: 'raw/' }],
    ['{file...}.json', { suffix: '.json' }],
    ['**', { exists: true }],
    ['in\\{file}.csv', { wildcard: 'in\\\\*.csv' }],
  ])('filter %s by its literal head and tail, with one wildcard at most', (pattern, filter) => {
    expect(objectPattern(pattern).detail.object.key).toEqual([filter])
  })

  it('fire for every key that the trigger matches: never too few', () => {
    fc.assert(
      fc.property(patternAndKey, ({ pattern, key }) => {
        if (matchKey(parseKeyPattern(pattern), key) === undefined) return
        expect(ruleFires(pattern, key)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('let ends of our own jobs pass, and no children of arrays', () => {
    const [rule] = eventRules('batchwise-dev', [])
    const fires = (detail: object) =>
      compilePattern(rule?.pattern)({ source: 'aws.batch', 'detail-type': 'Batch Job State Change', detail })
    const ours = { jobName: 'batchwise-dev_wf_job_run_1', status: 'SUCCEEDED' }
    expect(fires(ours)).toBe(true)
    expect(fires({ ...ours, arrayProperties: { size: 4 } })).toBe(true)
    expect(fires({ ...ours, arrayProperties: { index: 0 } })).toBe(false)
    expect(fires({ ...ours, status: 'RUNNING' })).toBe(false)
    expect(fires({ ...ours, jobName: 'batchwise-dev2_wf_job_run_1' })).toBe(false)
  })
})

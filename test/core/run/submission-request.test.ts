import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  itemSourceOf,
  itemsInFile,
  type SubmissionInput,
  submissionOf,
} from '../../../src/core/run/submission-request.ts'
import type { Job } from '../../../src/core/workflow/workflow.ts'
import { definitionOf, NOW, RUN_ID, runOf } from './given.ts'

function input(
  job: Partial<Job>,
  values: Record<string, string> = {},
  more: Partial<SubmissionInput> = {},
): SubmissionInput {
  return {
    stack: 'test',
    run: runOf({ trigger: { type: 'object', values }, parameters: { n: 5 }, createdAt: NOW }),
    definition: definitionOf({ a: job }),
    job: 'a',
    submission: 2,
    dependsOn: [],
    jobIds: {},
    ...more,
  }
}

const requestOf = (...args: Parameters<typeof input>) => submissionOf(input(...args))
const environmentOf = (...args: Parameters<typeof input>) =>
  Object.fromEntries(
    requestOf(...args).containerOverrides.environment.map(({ name, value }) => [name, value]),
  )

describe('a submission', () => {
  it('is named so that an event tells whose it is', () => {
    expect(requestOf({}).jobName).toBe(`test_w_a_${RUN_ID}_2`)
  })

  it('tells the job about its run', () => {
    expect(environmentOf({ environment: { LEVEL: '${parameters.n}' } }, { bucket: 'b', key: 'k' })).toEqual({
      BATCHWISE_RUN_ID: RUN_ID,
      BATCHWISE_WORKFLOW: 'w',
      BATCHWISE_JOB: 'a',
      BATCHWISE_SUBMISSION: '2',
      BATCHWISE_OUTPUT: `s3://out/w/${RUN_ID}`,
      BATCHWISE_BUCKET: 'b',
      BATCHWISE_KEY: 'k',
      LEVEL: '5',
    })
  })

  it.each([
    [['batchwise-claim', 'run'], 'table'],
    [['/usr/local/bin/batchwise-claim', 'run'], 'table'],
    [['run', 'batchwise-claim'], undefined],
    [undefined, undefined],
  ])('tells the command %j the table: %s', (command, table) => {
    const told = environmentOf({ ...(command && { command }) }, {}, { table: 'table' })
    expect(told['BATCHWISE_TABLE']).toBe(table)
  })

  it('replaces look-ups inside one element, and never scans the result again', () => {
    const { containerOverrides } = requestOf(
      { command: ['x', '${trigger.key}', '$${trigger.key}', '${jobs.b.jobId}'] },
      { key: '${run.id}' },
      { jobIds: { b: 'j' } },
    )
    expect(containerOverrides.command).toEqual(['x', '${run.id}', '${trigger.key}', 'j'])
  })

  it('lets an element with a Ref:: from outside travel whole as its own parameter', () => {
    const { containerOverrides, parameters } = requestOf(
      { command: ['x', 'in=${trigger.key}', 'Ref::own'], parameters: { own: '1' } },
      { key: 'Ref::own' },
    )
    expect(containerOverrides.command).toEqual(['x', 'Ref::batchwise1', 'Ref::own'])
    expect(parameters).toEqual({ own: '1', batchwise1: 'in=Ref::own' })
  })

  it('never lets a value from outside make a reference of Batch', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('R', 'Re', 'Ref', ':', '::', 'f::', 'x'), { maxLength: 6 }),
        fc.constantFrom('', 'R', 'Re', 'Ref', 'Ref:'),
        (parts, head) => {
          const key = parts.join('') || 'k'
          const { containerOverrides, parameters = {} } = requestOf(
            { command: [`${head}\${trigger.key}`] },
            { key },
          )
          const [element = ''] = containerOverrides.command ?? []
          const reference = /^Ref::(batchwise0)$/.exec(element)
          if (reference) expect(parameters['batchwise0']).toBe(head + key)
          else expect(element).toBe(head + key)
          expect(element.includes('Ref::')).toBe(reference !== null)
        },
      ),
    )
  })

  it('gives an array of items the place of its manifest and, when they are short, the items', () => {
    const items: Partial<Job> = { array: { type: 'items', items: ['x', '${trigger.key}'] } }
    expect(itemsInFile(input(items, { key: 'a\nb' }))).toEqual(['"x"', '"a\\nb"'])
    expect(requestOf(items, { key: 'k' }).arrayProperties).toEqual({ size: 2 })
    expect(environmentOf(items, { key: 'k' })).toMatchObject({
      BATCHWISE_MANIFEST: `s3://out/w/${RUN_ID}/_batchwise/a.2.jsonl`,
      BATCHWISE_ITEMS: 'x\nk',
    })
  })

  it.each([
    ['are too long', ['x', 'y'.repeat(2048)]],
    ['are not one line each', ['x', 'a\nb']],
    ['no environment can hold', ['x', 'a\0b']],
  ])('leaves out a list of items that %s', (_what, items) => {
    expect(environmentOf({ array: { type: 'items', items } })).not.toHaveProperty('BATCHWISE_ITEMS')
  })

  it('is of what was read, where the file does not have the items', () => {
    const lines: Partial<Job> = { array: { type: 'lines', uri: '${run.output}/list' } }
    expect(itemSourceOf(input(lines))).toBe(`s3://out/w/${RUN_ID}/list`)
    expect(requestOf(lines, {}, { items: ['"x"', '"y"', '"z"'] }).arrayProperties).toEqual({ size: 3 })
    expect(requestOf(lines, {}, { items: ['"x"'] })).not.toHaveProperty('arrayProperties')
    expect(environmentOf(lines, {}, { items: ['{"uri":"s3://b/k"}'] })).toMatchObject({
      BATCHWISE_ITEMS: 's3://b/k',
    })
  })

  it('makes a plain job of one item', () => {
    expect(requestOf({ array: { type: 'items', items: ['x'] } })).not.toHaveProperty('arrayProperties')
  })

  it('depends on jobs in Batch, and on itself where it is sequential', () => {
    const more = { dependsOn: [{ jobId: 'p' }, { jobId: 'q', type: 'N_TO_N' as const }] }
    const request = requestOf({ array: { type: 'size', size: 3 }, sequential: true }, {}, more)
    expect(request.dependsOn).toEqual([
      { jobId: 'p' },
      { jobId: 'q', type: 'N_TO_N' },
      { type: 'SEQUENTIAL' },
    ])
  })

  it('overrides the resources of an existing definition', () => {
    const { containerOverrides } = requestOf({
      container: { type: 'existing', jobDefinition: 'd:3', vcpu: 0.5, memory: 1024 },
    })
    expect(containerOverrides.resourceRequirements).toEqual([
      { type: 'VCPU', value: '0.5' },
      { type: 'MEMORY', value: '1024' },
    ])
  })

  it('cleans tag values of what Batch refuses', () => {
    expect(requestOf({ tags: { object: '${trigger.key}' } }, { key: 'a<b>' }).tags).toMatchObject({
      object: 'a_b_',
      'batchwise:run': RUN_ID,
    })
  })

  it.each<[string, Partial<Job>, Record<string, string>, string]>([
    ['overrides over 7,000 bytes', { environment: { X: 'x'.repeat(7000) } }, {}, '7000'],
    ['a request over 30 KiB', { parameters: { x: 'x'.repeat(31_000) } }, {}, '30720'],
    ['an element that is empty', { command: ['${trigger.x}'] }, { x: '' }, 'empty'],
  ])('refuses %s', (_what, job, values, words) => expect(() => requestOf(job, values)).toThrow(words))
})

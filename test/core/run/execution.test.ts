import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/core/run/decide.ts'
import { executionRequestOf } from '../../../src/core/run/execution-request.ts'
import {
  executionArnOf,
  executionNameOf,
  isOfStepFunctions,
  parseExecutionName,
  submissionNameIn,
} from '../../../src/core/run/job-name.ts'
import { jobsLookedUp, sampleOutputs } from '../../../src/core/run/job-outputs.ts'
import { planRun } from '../../../src/core/run/plan.ts'
import { submissionOf } from '../../../src/core/run/submission-request.ts'
import { definitionOf, type Graph, given, NOW, type RecordInShort, RUN_ID, runOf, TIMES } from './given.ts'

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:train'
const execution = (input = {}, more = {}) => ({
  container: { type: 'stateMachine' as const, stateMachine: MACHINE, input },
  jobQueue: MACHINE,
  ...more,
})
const requestOf = (input: object, more: object = {}) =>
  executionRequestOf({
    run: runOf({ parameters: { floor: 7, label: 'x' } }),
    definition: definitionOf({ before: {}, train: execution(input) }),
    ...{ job: 'train', submission: 2, jobIds: { before: 'job-1' }, ...more },
  })

describe("an execution's name", () => {
  const identity = { stack: 's', workflow: 'w', job: 'a-1', runId: RUN_ID, submission: 12 }

  it('tells job, run and submission, and reads back', () => {
    expect(executionNameOf(identity)).toBe(`a-1_${RUN_ID}_12`)
    expect(parseExecutionName(`a-1_${RUN_ID}_12`)).toEqual({ job: 'a-1', runId: RUN_ID, submission: 12 })
  })

  it('has at most the 80 characters of Step Functions', () => {
    const longest = { job: 'j'.repeat(32), runId: RUN_ID, submission: 99_999 }
    expect(executionNameOf(longest).length).toBeLessThanOrEqual(80)
    expect(parseExecutionName(executionNameOf(longest))).toEqual(longest)
  })

  it.each([['nightly'], [`A_${RUN_ID}_1`], [`a_${RUN_ID}_0`], [`a_${RUN_ID}_1 `], [`s_w_a_${RUN_ID}_1`]])(
    'is of somebody else: %s',
    name => expect(parseExecutionName(name)).toBeUndefined(),
  )

  it('is the name in a state machine, the job name in a queue', () => {
    expect(submissionNameIn(MACHINE, identity)).toBe(`a-1_${RUN_ID}_12`)
    expect(submissionNameIn('high', identity)).toBe(`s_w_a-1_${RUN_ID}_12`)
    expect(submissionNameIn('arn:aws:batch:eu-west-1:123456789012:job-queue/high', identity)).toMatch(/^s_w_/)
  })

  it('makes the ARN', () => {
    const arn = executionArnOf(MACHINE, 'n')
    expect(arn).toBe('arn:aws:states:eu-west-1:123456789012:execution:train:n')
    expect([isOfStepFunctions(arn), isOfStepFunctions('0aa-4'), isOfStepFunctions('')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe("an execution's input", () => {
  it.each([
    ['texts with look-ups', { at: 'run ${run.id}' }, { at: `run ${RUN_ID}` }],
    ['a whole look-up keeps its type', { floor: '${parameters.floor}' }, { floor: 7 }],
    [
      'inside lists and objects',
      { a: [{ b: '${parameters.label}' }, true, null] },
      { a: [{ b: 'x' }, true, null] },
    ],
    ['a literal', { a: '$${run.id}' }, { a: '${run.id}' }],
    ['a job id', { a: '${jobs.before.jobId}' }, { a: 'job-1' }],
    ['nothing', {}, {}],
  ])('takes %s', (_title, input, expected) => {
    expect(JSON.parse(requestOf(input)?.input ?? '')).toEqual(expected)
  })

  it('takes an output, or a value inside it', () => {
    const outputs = { before: { model: { name: 'm', size: 3 } } }
    const request = requestOf(
      { whole: '${jobs.before.output}', size: '${jobs.before.output.model.size}' },
      { outputs },
    )
    expect(JSON.parse(request?.input ?? '')).toEqual({ whole: outputs.before, size: 3 })
  })

  it('is the same text for the same submission', () => {
    expect(requestOf({ b: 1, a: '${run.id}' })).toEqual(requestOf({ b: 1, a: '${run.id}' }))
    expect(requestOf({})).toMatchObject({ stateMachineArn: MACHINE, name: `train_${RUN_ID}_2` })
  })

  it('is refused over the limit of Step Functions', () => {
    expect(() => requestOf({ a: 'x'.repeat(262_144) })).toThrow('limit 262144')
  })

  it('is refused with a look-up that has no value', () => {
    expect(() => requestOf({ a: '${jobs.before.output.gone}' }, { outputs: { before: {} } })).toThrow(
      'jobs.before.output.gone',
    )
  })
})

describe('outputs looked up', () => {
  const job = definitionOf({
    a: {
      command: ['x', '${jobs.t.output}', '${jobs.t.jobId}'],
      environment: { N: '${jobs.u.output.a.b}-${jobs.u.output.a.c}' },
    },
  }).workflow.jobs['a']

  it('names their jobs once', () => {
    expect(job && jobsLookedUp(job)).toEqual(['t', 'u'])
  })

  it('has samples for a plan', () => {
    expect(job && sampleOutputs(job)).toEqual({
      t: '<output of t>',
      u: { a: { b: '<output of u>', c: '<output of u>' } },
    })
  })
})

describe('an execution among jobs', () => {
  const graph: Graph = { a: {}, t: execution({}, { dependsOn: [{ job: 'a' }] }), b: 't' }
  const submits = (jobs: Readonly<Record<string, RecordInShort>>) =>
    decide(given(graph, jobs), TIMES, NOW).flatMap(it =>
      it.type === 'submit' ? [`${it.job} after ${it.native.map(({ job }) => job)}`] : [],
    )

  it.each<[string, Readonly<Record<string, RecordInShort>>, readonly string[]]>([
    ['is never submitted with a native edge', {}, ['a after ']],
    ['waits for the end of what comes before', { a: 'SUCCEEDED' }, ['t after ']],
    ['is no native edge for what comes after', { a: 'SUCCEEDED', t: 'SUBMITTED' }, []],
    ['lets what comes after go on by event', { a: 'SUCCEEDED', t: 'SUCCEEDED' }, ['b after ']],
  ])('%s', (_title, jobs, expected) => expect(submits(jobs)).toEqual(expected))

  it('is planned with its input, and says why there is no native edge', () => {
    const definition = definitionOf(graph)
    const { jobs } = planRun(runOf(), definition, 'test')
    expect(jobs.map(({ job, execution, request }) => [job, execution?.name, request !== undefined])).toEqual([
      ['a', undefined, true],
      ['t', `t_${RUN_ID}_1`, false],
      ['b', undefined, true],
    ])
    expect(jobs.flatMap(({ edges }) => edges.map(({ why }) => why))).toEqual([
      'Step Functions knows no dependencies',
      'AWS Batch cannot wait for t, an execution',
    ])
  })

  it('gives a Batch job its output as JSON text', () => {
    const definition = definitionOf({
      t: execution(),
      b: { command: ['x', '${jobs.t.output}'], dependsOn: [{ job: 't' }] },
    })
    const request = submissionOf({
      ...{ stack: 'test', run: runOf(), definition, job: 'b', submission: 1, dependsOn: [] },
      ...{ jobIds: { t: 'arn' }, outputs: { t: { accuracy: 0.9 } } },
    })
    expect(request.containerOverrides.command).toEqual(['x', '{"accuracy":0.9}'])
  })
})

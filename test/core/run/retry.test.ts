import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../src/core/run/definition.ts'
import { nextEpoch, type RetryWish, retryEffect } from '../../../src/core/run/retry.ts'
import type { Job, Workflow } from '../../../src/core/workflow/workflow.ts'
import { definitionOf, type Graph, given, type RecordInShort } from './given.ts'

const PARAMETERS = { size: { type: 'number', default: 1 } } as const satisfies Workflow['parameters']
const reads: Partial<Job> = { environment: { SIZE: '${parameters.size}' } }
const named = (...environment: readonly string[]): Partial<Job> => ({
  environment: Object.fromEntries(environment.map(name => [name, 'x'])),
})

/** a, then b and c, then d behind both. */
const DIAMOND: Graph = { a: {}, b: 'a', c: 'a', d: ['b', 'c'] }
const DONE = { a: 'SUCCEEDED', b: 'SUCCEEDED', c: 'SUCCEEDED', d: 'SUCCEEDED' } as const

function effectOf(
  graph: Graph,
  records: Readonly<Record<string, RecordInShort>>,
  wish: RetryWish,
  current?: Definition,
): readonly [submitted: string, kept: string] {
  const parameters = { parameters: PARAMETERS }
  const run = { status: 'FAILED' as const, parameters: { size: 1 }, finishedAt: 1 }
  const snapshot = given(graph, records, run, parameters)
  const { submitted, kept } = retryEffect(snapshot, nextEpoch(snapshot, wish, current, 'test'))
  return [submitted.join(' '), kept.join(' ')]
}

const now = (graph: Graph, differences: Partial<Workflow> = {}) =>
  definitionOf(graph, { parameters: PARAMETERS, ...differences })
const current: RetryWish = { withCurrentDefinition: true }

describe('a retry', () => {
  it.each<[string, Graph, Record<string, RecordInShort>, RetryWish, Definition | undefined, string, string]>([
    [
      'submits what failed and what was skipped',
      DIAMOND,
      { ...DONE, b: 'FAILED', d: { dependencyFailed: true, state: 'FAILED' } },
      {},
      undefined,
      'b d',
      'a c',
    ],
    ['keeps everything of a run that succeeded', DIAMOND, DONE, {}, undefined, '', 'a b c d'],
    ['submits a named job and all behind it', DIAMOND, DONE, { from: ['b'] }, undefined, 'b d', 'a c'],
    ['submits all behind each of several', DIAMOND, DONE, { from: ['b', 'c'] }, undefined, 'b c d', 'a'],
    [
      'submits a named job beside what failed',
      DIAMOND,
      { ...DONE, c: 'FAILED', d: 'FAILED' },
      { from: ['b'] },
      undefined,
      'b c d',
      'a',
    ],
    [
      'submits jobs that read another parameter',
      { a: {}, b: { ...reads, dependsOn: [{ job: 'a' }] }, c: 'a' },
      { a: 'SUCCEEDED', b: 'SUCCEEDED', c: 'SUCCEEDED' },
      { parameters: { size: 2 } },
      undefined,
      'b',
      'a c',
    ],
    [
      'keeps jobs when a parameter is set to what it was',
      { a: reads },
      { a: 'SUCCEEDED' },
      { parameters: { size: '1' } },
      undefined,
      '',
      'a',
    ],
    [
      'keeps jobs that the current definition has unchanged',
      DIAMOND,
      DONE,
      current,
      now(DIAMOND),
      '',
      'a b c d',
    ],
    [
      'submits a job that the current definition changes, and all behind it',
      DIAMOND,
      DONE,
      current,
      now({ ...DIAMOND, b: { ...named('NEW'), dependsOn: [{ job: 'a' }] } }),
      'b d',
      'a c',
    ],
    [
      'submits a job that is new, and all that now wait for it',
      { a: {}, b: 'a' },
      { a: 'SUCCEEDED', b: 'SUCCEEDED' },
      current,
      now({ a: {}, n: 'a', b: ['a', 'n'] }),
      'n b',
      'a',
    ],
    [
      'leaves out a job that is gone',
      { a: {}, b: 'a' },
      { a: 'SUCCEEDED', b: 'FAILED' },
      current,
      now({ a: {} }),
      '',
      'a',
    ],
    [
      'submits a job whose condition is another',
      { a: {}, b: 'a' },
      { a: 'SUCCEEDED', b: 'SUCCEEDED' },
      current,
      now({ a: {}, b: { dependsOn: [{ job: 'a' }], when: 'always' } }),
      'b',
      'a',
    ],
  ])('%s', (_title, graph, records, wish, definition, submitted, kept) => {
    expect(effectOf(graph, records, wish, definition)).toEqual([submitted, kept])
  })

  it('takes the value of a parameter that is new from its default, and drops one that is gone', () => {
    const snapshot = given({ a: {} }, {}, { status: 'FAILED', parameters: { old: 'x' } })
    const parameters = { fresh: { type: 'string', default: 'y' } } as const
    const { parameters: next } = nextEpoch(snapshot, current, now({ a: {} }, { parameters }), 'test')
    expect(next).toEqual({ fresh: 'y' })
  })

  it.each<[string, RetryWish, RegExp]>([
    ['a job that is not there', { from: ['aa'] }, /has no job "aa"\. Its jobs are a\./],
    ['a parameter that is not declared', { parameters: { no: 1 } }, /no parameter `no`/],
    ['a workflow that is not deployed any more', current, /not deployed any more/],
  ])('refuses %s', (_title, wish, message) => {
    const snapshot = given({ a: {} }, {}, { status: 'FAILED' })
    expect(() => nextEpoch(snapshot, wish, undefined, 'test')).toThrow(message)
  })
})

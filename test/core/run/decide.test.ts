import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../src/core/run/job-view.ts'
import { commandsOf, FORK, SIX } from './commands-in-short.ts'
import { type Graph, given, NOW, TIMES } from './given.ts'

const event = { chaining: 'event' } as const

describe('decide, while a run is RUNNING', () => {
  it.each<[string, Snapshot, string[]]>([
    [
      'submits the whole graph at once, chained by Batch',
      given(SIX),
      [
        'submit a#1',
        'submit b#1 after a',
        'submit c#1 after a',
        'submit d#1 after a, b',
        'submit e#1 after c',
        'submit f#1 after d, e',
      ],
    ],
    ['submits only what is ready when chained by events', given(SIX, {}, {}, event), ['submit a#1']],
    [
      'leaves a dependency that succeeded out of dependsOn',
      given(FORK, { a: 'SUCCEEDED', b: 'SUCCEEDED', c: 'SUBMITTED' }),
      ['submit d#1 after c'],
    ],
    [
      'submits a join once its last parent succeeded',
      given(FORK, { a: 'SUCCEEDED', b: 'SUCCEEDED', c: 'SUCCEEDED' }, {}, event),
      ['submit d#1'],
    ],
    [
      'waits while a parent runs',
      given(FORK, { a: 'SUCCEEDED', b: 'SUCCEEDED', c: 'SUBMITTED' }, {}, event),
      [],
    ],
    ['waits for a claim that somebody else holds', given({ a: {}, b: 'a' }, { a: 'CLAIMED' }), []],
    [
      'waits for the time at which a refused job may be tried again',
      given({ a: {} }, { a: { state: 'WAITING', retryAt: NOW + 1 } }),
      [],
    ],
    [
      'tries a refused job again at its time',
      given({ a: {} }, { a: { state: 'WAITING', retryAt: NOW } }),
      ['submit a#1'],
    ],
    [
      'takes over a claim once lease and settling time have passed',
      given({ a: {} }, { a: { state: 'CLAIMED', claim: { token: 't', until: NOW - 120_001 } } }),
      ['takeOver a'],
    ],
    [
      'leaves a claim alone until then',
      given({ a: {} }, { a: { state: 'CLAIMED', claim: { token: 't', until: NOW - 120_000 } } }),
      [],
    ],
    [
      'looks for a late submission when its time has come',
      given({ a: {} }, { a: { relist: [{ submission: 1, queue: 'q', at: NOW }] } }),
      ['relist a'],
    ],
    [
      'finishes as SUCCEEDED when all jobs did',
      given({ a: {}, b: 'a' }, { a: 'SUCCEEDED', b: 'SUCCEEDED' }),
      ['finish SUCCEEDED'],
    ],
    [
      'finishes as FAILED when a job failed and the rest is skipped',
      given({ a: {}, b: 'a' }, { a: 'FAILED' }),
      ['finish FAILED'],
    ],
    ['finishes as FAILED for a lost job', given({ a: {} }, { a: 'LOST' }), ['finish FAILED']],
    [
      'does not finish while another branch runs',
      given(FORK, { a: 'SUCCEEDED', b: 'FAILED', c: 'SUBMITTED' }),
      [],
    ],
    [
      'counts a dependent that Batch failed as skipped',
      given({ a: {}, b: 'a' }, { a: 'FAILED', b: { state: 'FAILED', dependencyFailed: true } }),
      ['finish FAILED'],
    ],
    [
      'runs a `failure` job after a failure',
      given({ a: {}, b: { dependsOn: [{ job: 'a' }], when: 'failure' } }, { a: 'FAILED' }),
      ['submit b#1'],
    ],
    [
      'runs a `failure` job after a job skipped for a failure',
      given({ a: {}, b: 'a', c: { dependsOn: [{ job: 'b' }], when: 'failure' } }, { a: 'FAILED' }),
      ['submit c#1'],
    ],
    [
      'finishes without a `failure` job that nothing asks for',
      given({ a: {}, b: { dependsOn: [{ job: 'a' }], when: 'failure' } }, { a: 'SUCCEEDED' }),
      ['finish SUCCEEDED'],
    ],
    [
      'skips neutrally what stands on a `failure` job not taken',
      given(
        {
          a: {},
          b: { dependsOn: [{ job: 'a' }], when: 'failure' },
          c: 'b',
          d: { dependsOn: [{ job: 'c' }], when: 'failure' },
        },
        { a: 'SUCCEEDED' },
      ),
      ['finish SUCCEEDED'],
    ],
    [
      'stays FAILED though the `failure` job succeeded',
      given({ a: {}, b: { dependsOn: [{ job: 'a' }], when: 'failure' } }, { a: 'FAILED', b: 'SUCCEEDED' }),
      ['finish FAILED'],
    ],
    [
      'runs an `always` job after a failure',
      given({ a: {}, b: { dependsOn: [{ job: 'a' }], when: 'always' } }, { a: 'FAILED' }),
      ['submit b#1'],
    ],
    [
      'never chains an `always` job natively',
      given({ a: {}, b: { dependsOn: [{ job: 'a' }], when: 'always' } }, { a: 'SUBMITTED' }),
      [],
    ],
    [
      'never chains natively onto a job that is chained by event only',
      given({ a: {}, b: 'a' }, { a: { eventOnly: true } }),
      [],
    ],
    [
      'never chains natively a job that Batch failed for a dependency that runs again',
      given({ a: {}, b: 'a' }, { a: 'SUBMITTED', b: { state: 'WAITING', submission: 2, eventOnly: true } }),
      [],
    ],
    [
      'chains arrays child by child',
      given({
        a: { array: { type: 'size', size: 3 } },
        b: { array: { type: 'size', size: 3 }, dependsOn: [{ job: 'a', type: 'N_TO_N' }] },
      }),
      ['submit a#1', 'submit b#1 after a N_TO_N'],
    ],
    [
      'chains arrays of one item as the plain jobs they are',
      given({
        a: { array: { type: 'items', items: ['x'] } },
        b: { array: { type: 'items', items: ['y'] }, dependsOn: [{ job: 'a', type: 'N_TO_N' }] },
      }),
      ['submit a#1', 'submit b#1 after a'],
    ],
    [
      'counts an array of no items as succeeded',
      given({ a: { array: { type: 'items', items: [] } }, b: 'a' }),
      ['submit b#1'],
    ],
    [
      'never submits an array of no items, not even behind a dependency in Batch',
      given({ a: {}, b: { array: { type: 'items', items: [] }, dependsOn: [{ job: 'a' }] }, c: 'b' }),
      ['submit a#1'],
    ],
    [
      'finishes a run of nothing but an array of no items',
      given({ a: { array: { type: 'items', items: [] } } }),
      ['finish SUCCEEDED'],
    ],
  ])('%s', (_title, snapshot, commands) => expect(commandsOf(snapshot)).toEqual(commands))

  it('joins 20 natively, more by event, and counts the array on itself', () => {
    const parents = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`)
    const graph = (count: number, join = {}): Graph => ({
      ...Object.fromEntries(parents(count).map(name => [name, {}])),
      join: { dependsOn: parents(count).map(job => ({ job })), ...join },
    })
    const sequential = { array: { type: 'size', size: 2 }, sequential: true } as const
    const joins = (snapshot: Snapshot) =>
      commandsOf(snapshot).some(command => command.startsWith('submit join'))
    expect(joins(given(graph(20)))).toBe(true)
    expect(joins(given(graph(21)))).toBe(false)
    expect(joins(given(graph(21), { p0: 'SUCCEEDED' }))).toBe(true)
    expect(joins(given(graph(20, sequential)))).toBe(false)
    expect(joins(given(graph(19, sequential)))).toBe(true)
  })

  it('takes claims of a process that is known to be dead over at once', () => {
    const snapshot = given(
      { a: {} },
      { a: { state: 'CLAIMED', claim: { token: 't', until: NOW + TIMES.lease - 5 } } },
    )
    expect(commandsOf(snapshot, { ...TIMES, claimsVoidBefore: NOW - 4 } as typeof TIMES)).toEqual([
      'takeOver a',
    ])
    expect(commandsOf(snapshot, { ...TIMES, claimsVoidBefore: NOW - 5 } as typeof TIMES)).toEqual([])
  })
})

describe('decide, after a retry', () => {
  const again = { epoch: 2 }
  it.each<[string, Snapshot, string[]]>([
    [
      'runs again what failed and what was skipped for it',
      given({ a: {}, b: 'a' }, { a: 'FAILED' }, again),
      ['submit a#2', 'submit b#1 after a'],
    ],
    [
      'keeps what succeeded',
      given({ a: {}, b: 'a', c: 'b' }, { a: 'SUCCEEDED', b: 'FAILED' }, again),
      ['submit b#2', 'submit c#1 after b'],
    ],
    [
      'runs again what succeeded downstream of a job that runs again',
      given(
        { a: {}, b: { dependsOn: [{ job: 'a' }], when: 'always' } },
        { a: 'FAILED', b: 'SUCCEEDED' },
        again,
      ),
      ['submit a#2'],
    ],
    [
      'runs it again also when that job has already ended in this epoch',
      given(
        { a: {}, b: { dependsOn: [{ job: 'a' }], when: 'always' } },
        { a: { state: 'SUCCEEDED', submission: 2, epoch: 2 }, b: 'SUCCEEDED' },
        again,
      ),
      ['submit b#2'],
    ],
    [
      'does not run anything twice in one epoch',
      given({ a: {}, b: 'a' }, { a: { state: 'FAILED', submission: 2, epoch: 2 } }, again),
      ['finish FAILED'],
    ],
    [
      'runs a dependent that Batch failed again, natively',
      given({ a: {}, b: 'a' }, { a: 'FAILED', b: { state: 'FAILED', dependencyFailed: true } }, again),
      ['submit a#2', 'submit b#2 after a'],
    ],
    [
      'still tells of the failure that nobody was told of yet',
      given({ a: {} }, { a: 'SUBMITTED' }, { ...again, alerts: { 1: { state: 'pending' } } }),
      ['alert 1'],
    ],
    [
      'runs cancelled jobs',
      given({ a: {}, b: 'a' }, { a: 'CANCELLED' }, again),
      ['submit a#2', 'submit b#1 after a'],
    ],
  ])('%s', (_title, snapshot, commands) => expect(commandsOf(snapshot)).toEqual(commands))
})

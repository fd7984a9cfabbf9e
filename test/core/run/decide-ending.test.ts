import { describe, expect, it } from 'vitest'
import { nextWake } from '../../../src/core/run/decide.ts'
import type { Snapshot } from '../../../src/core/run/job-view.ts'
import type { Tolerance } from '../../../src/core/workflow/workflow.ts'
import { commandsOf } from './commands-in-short.ts'
import { given, NOW, TIMES } from './given.ts'

const MINUTE = 60_000

describe('decide, while a run is CANCELLING', () => {
  const cancelling = { status: 'CANCELLING' } as const
  it.each<[string, Snapshot, string[]]>([
    [
      'submits nothing and ends when nothing was claimed',
      given({ a: {}, b: 'a' }, {}, cancelling),
      ['finish CANCELLED'],
    ],
    ['stops what runs', given({ a: {}, b: 'a' }, { a: 'SUBMITTED' }, cancelling), ['terminate a']],
    [
      'asks again only after five minutes',
      given({ a: {} }, { a: { terminatedAt: NOW - 4 * MINUTE } }, cancelling),
      [],
    ],
    [
      'asks again after five minutes',
      given({ a: {} }, { a: { terminatedAt: NOW - 5 * MINUTE } }, cancelling),
      ['terminate a'],
    ],
    ['cancels what waits', given({ a: {} }, { a: 'WAITING' }, cancelling), ['cancelWaiting a']],
    ['waits for a claim in flight', given({ a: {} }, { a: 'CLAIMED' }, cancelling), []],
    [
      'ends CANCELLED whatever the jobs did',
      given({ a: {}, b: 'a' }, { a: 'FAILED' }, cancelling),
      ['finish CANCELLED'],
    ],
  ])('%s', (_title, snapshot, commands) => expect(commandsOf(snapshot)).toEqual(commands))
})

describe('decide, after an array that tolerates failed children', () => {
  const arrays = (tolerate: Tolerance, count: number, run = {}) =>
    given(
      { a: { array: { type: 'size', size: 40 }, tolerate }, b: 'a' },
      { a: { state: 'FAILED', size: 40, failedChildren: { count, indexes: '1' } } },
      run,
    )
  const PERCENT = { type: 'percent', percent: 5 } as const
  it.each<[string, Snapshot, string[]]>([
    ['goes on within the number', arrays({ type: 'count', count: 2 }, 2), ['submit b#1']],
    ['fails beyond it', arrays({ type: 'count', count: 2 }, 3), ['finish FAILED']],
    ['goes on within the share', arrays(PERCENT, 2), ['submit b#1']],
    ['fails beyond it too', arrays(PERCENT, 3), ['finish FAILED']],
    ['leaves it as it is in a retry', arrays(PERCENT, 2, { epoch: 2 }), ['submit b#1']],
    [
      'does not let Batch chain what comes after it',
      given({ a: { array: { type: 'size', size: 40 }, tolerate: PERCENT }, b: 'a' }),
      ['submit a#1'],
    ],
  ])('%s', (_title, snapshot, commands) => expect(commandsOf(snapshot)).toEqual(commands))
})

describe('decide, when a run is late', () => {
  const late = (run = {}) => given({ a: {} }, { a: 'SUBMITTED' }, run, { deadline: 59 })
  it.each<[string, Snapshot, string[]]>([
    ['raises the alert', late(), ['raise late']],
    ['raises it once', late({ alerts: { late: { state: 'sent' } } }), []],
    ['publishes it while the run goes on', late({ alerts: { late: { state: 'pending' } } }), ['alert late']],
    ['raises none before the deadline', late({ createdAt: NOW - 58_000 }), []],
    ['raises none in a run that was retried', late({ epoch: 2 }), []],
    ['raises none without a deadline', given({ a: {} }, { a: 'SUBMITTED' }), []],
  ])('%s', (_title, snapshot, commands) => expect(commandsOf(snapshot)).toEqual(commands))

  it('wakes at the deadline', () => {
    expect(nextWake(late({ createdAt: NOW }), TIMES)).toBe(NOW + 59_000)
  })
})

describe('decide, in a final run', () => {
  it.each<[string, Snapshot, string[]]>([
    [
      'publishes the pending alert',
      given({ a: {} }, { a: 'FAILED' }, { status: 'FAILED', alerts: { 1: { state: 'pending' } } }),
      ['alert 1'],
    ],
    [
      'leaves it to whoever is publishing it',
      given(
        { a: {} },
        { a: 'FAILED' },
        { status: 'FAILED', alerts: { 1: { state: 'pending', until: NOW } } },
      ),
      [],
    ],
    [
      'publishes it when that one has died',
      given(
        { a: {} },
        { a: 'FAILED' },
        { status: 'FAILED', alerts: { 1: { state: 'pending', until: NOW - 1 } } },
      ),
      ['alert 1'],
    ],
    [
      'does not publish it twice',
      given({ a: {} }, { a: 'FAILED' }, { status: 'FAILED', alerts: { 1: { state: 'sent' } } }),
      [],
    ],
    ['submits nothing', given({ a: {} }, { a: 'WAITING' }, { status: 'CANCELLED' }), []],
    [
      'announces the end of each epoch once',
      given({ a: {} }, { a: 'SUCCEEDED' }, { status: 'SUCCEEDED', epoch: 2, announced: 1 }),
      ['announce'],
    ],
    [
      'still looks for late submissions',
      given(
        { a: {} },
        { a: { state: 'FAILED', relist: [{ submission: 1, queue: 'q', at: NOW - 1 }] } },
        { status: 'FAILED' },
      ),
      ['relist a'],
    ],
  ])('%s', (_title, snapshot, commands) => expect(commandsOf(snapshot)).toEqual(commands))
})

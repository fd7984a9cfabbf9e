import { describe, expect, it } from 'vitest'
import { nextWake } from '../../../src/core/run/decide.ts'
import type { Snapshot } from '../../../src/core/run/job-view.ts'
import { given, NOW, TIMES } from './given.ts'

describe('nextWake', () => {
  it.each<[string, Snapshot, number | undefined]>([
    ['owes nothing to a run that only waits for events', given({ a: {} }, { a: 'SUBMITTED' }), undefined],
    ['wakes for a refused job', given({ a: {} }, { a: { state: 'WAITING', retryAt: NOW + 7 } }), NOW + 7],
    [
      'wakes right after a claim has settled',
      given({ a: {} }, { a: { state: 'CLAIMED', claim: { token: 't', until: NOW } } }),
      NOW + TIMES.settle + 1,
    ],
    [
      'wakes for late submissions in a final run',
      given(
        { a: {} },
        { a: { state: 'FAILED', relist: [{ submission: 1, queue: 'q', at: NOW + 9 }] } },
        { status: 'FAILED' },
      ),
      NOW + 9,
    ],
    [
      'wakes at once for an end that is not announced',
      given({ a: {} }, { a: 'SUCCEEDED' }, { status: 'SUCCEEDED', epoch: 2, announced: 1 }),
      0,
    ],
    [
      'wakes when the publisher of an alert must have died',
      given(
        { a: {} },
        { a: 'FAILED' },
        { status: 'FAILED', alerts: { 1: { state: 'pending', until: NOW + 5 } } },
      ),
      NOW + 5,
    ],
  ])('%s', (_title, snapshot, at) => expect(nextWake(snapshot, TIMES)).toBe(at))
})

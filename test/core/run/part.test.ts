import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/core/run/decide.ts'
import { indexRanges, rangeIndexes } from '../../../src/core/run/failed-children.ts'
import { viewJobs } from '../../../src/core/run/job-view.ts'
import { failedItems, failedPart, type Part } from '../../../src/core/run/part.ts'
import { nextEpoch, retryEffect } from '../../../src/core/run/retry.ts'
import type { Job } from '../../../src/core/workflow/workflow.ts'
import { type Graph, given, NOW, type RecordInShort, recordOf, TIMES } from './given.ts'

const ITEMS: Partial<Job> = { array: { type: 'items', items: ['a', 'b', 'c', 'd', 'e'] } }
const LINES: Partial<Job> = { array: { type: 'lines', uri: 's3://b/k' } }
const SIZE: Partial<Job> = { array: { type: 'size', size: 5 } }

const failed = (indexes: string, more: RecordInShort & object = {}): RecordInShort => ({
  state: 'FAILED',
  size: 5,
  failedChildren: { count: rangeIndexes(indexes).length, indexes },
  ...more,
})
const partOf = (indexes: string, since = 1): Part => ({ of: 1, since, total: 5, indexes })

describe('what is left of an array', () => {
  it.each<[string, Partial<Job>, RecordInShort, Part | undefined]>([
    ['the items that failed', ITEMS, failed('1,3'), partOf('1,3')],
    ['the lines that failed', LINES, failed('4'), partOf('4')],
    ['an array by size', SIZE, failed('1,3'), undefined],
    ['a plain job', {}, { state: 'FAILED' }, undefined],
    ['one that was refused', ITEMS, { state: 'FAILED' }, undefined],
    [
      'one of which not all is known',
      ITEMS,
      failed('1', { failedChildren: { count: 1, indexes: '1', isUncertain: true } }),
      undefined,
    ],
    [
      'a part whose only item failed',
      LINES,
      { state: 'FAILED', submission: 2, part: partOf('3') },
      partOf('3'),
    ],
    [
      'a part of which one failed',
      LINES,
      failed('1', { size: 2, submission: 2, part: partOf('1,4') }),
      partOf('4'),
    ],
    ['a part that was lost', LINES, { state: 'LOST', submission: 2, part: partOf('1,4') }, partOf('1,4')],
    [
      'one whose size only Batch has told',
      LINES,
      { state: 'FAILED', failedChildren: { count: 1, indexes: '2', of: 5 } },
      partOf('2'),
    ],
  ])('%s', (_title, job, record, expected) => {
    expect(failedPart({ ...job } as Job, recordOf('a', record))).toEqual(expected)
  })

  it('is counted as it was at first, however often it is retried', () => {
    const rounds = fc.array(fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 40 }), { maxLength: 6 })
    fc.assert(
      fc.property(rounds, picks => {
        let left = Array.from({ length: 41 }, (_, index) => index)
        let record = recordOf('a', { state: 'SUBMITTED', size: 41 })
        for (const pick of picks) {
          const children = [...new Set(pick.map(number => number % left.length))].sort((a, b) => a - b)
          left = children.flatMap(child => left[child] ?? [])
          const failedChildren = { count: children.length, indexes: indexRanges(children) }
          record = { ...record, state: 'FAILED', failedChildren }
          expect(failedItems(record)).toEqual({ count: left.length, of: 41, indexes: indexRanges(left) })
          const part = failedPart(LINES as Job, record)
          expect(rangeIndexes(part?.indexes ?? '')).toEqual(left)
          if (part === undefined) throw new Error('no part')
          record = recordOf('a', { ...record, submission: record.submission + 1, part, size: left.length })
        }
      }),
    )
  })
})

describe('a retry', () => {
  const PAIR: Graph = {
    a: ITEMS,
    b: { ...ITEMS, dependsOn: [{ job: 'a', type: 'N_TO_N' }] },
    c: 'b',
  }
  const OPENED = { status: 'RUNNING', epoch: 2 } as const
  const partsOf = (...args: Parameters<typeof given>) =>
    Object.fromEntries(
      [...viewJobs(given(...args))].map(([name, { state, part }]) => [name, part?.indexes ?? state]),
    )

  it.each<[string, Graph, Record<string, RecordInShort>, object, Record<string, string>]>([
    [
      'submits what failed, and joins go on from there',
      { a: LINES, b: 'a' },
      { a: failed('1,3') },
      {},
      { a: '1,3', b: 'WAITING' },
    ],
    [
      'submits an array by size as a whole',
      { a: SIZE, b: 'a' },
      { a: failed('1,3') },
      {},
      { a: 'WAITING', b: 'WAITING' },
    ],
    [
      'submits all of an array that it names',
      { a: LINES },
      { a: failed('1,3') },
      { again: ['a'] },
      { a: 'WAITING' },
    ],
    [
      'submits of a partner its own failed items, those that had no partner among them',
      PAIR,
      { a: failed('3'), b: failed('1,3'), c: { state: 'FAILED', dependencyFailed: true } },
      {},
      { a: '3', b: '1,3', c: 'WAITING' },
    ],
    [
      'submits all of a partner whose other side runs as a whole',
      PAIR,
      { a: failed('3'), b: failed('1,3') },
      { again: ['a'] },
      { a: 'WAITING', b: 'WAITING', c: 'WAITING' },
    ],
    [
      'submits all that stands on an ordinary dependency which runs again in part',
      { a: ITEMS, b: { ...ITEMS, dependsOn: [{ job: 'a' }], when: 'always' } },
      { a: failed('3'), b: failed('1') },
      {},
      { a: '3', b: 'WAITING' },
    ],
    [
      'passes over what was tolerated',
      { a: { ...LINES, tolerate: { type: 'count', count: 2 } }, b: 'a', c: 'b' },
      { a: failed('1,3'), b: 'SUCCEEDED', c: 'FAILED' },
      {},
      { a: 'SUCCEEDED', b: 'SUCCEEDED', c: 'WAITING' },
    ],
    [
      'submits what was tolerated if it is asked to, and all that stands on it',
      { a: { ...LINES, tolerate: { type: 'count', count: 2 } }, b: 'a', c: 'b' },
      { a: failed('1,3'), b: 'SUCCEEDED', c: 'SUCCEEDED' },
      { failedItems: true },
      { a: '1,3', b: 'WAITING', c: 'WAITING' },
    ],
    [
      'keeps a tolerated array by size: it has no items',
      { a: { ...SIZE, tolerate: { type: 'count', count: 2 } }, b: 'a' },
      { a: failed('1,3'), b: 'FAILED' },
      { failedItems: true },
      { a: 'SUCCEEDED', b: 'WAITING' },
    ],
  ])('%s', (_title, graph, records, run, parts) => {
    expect(partsOf(graph, records, { ...OPENED, ...run })).toEqual(parts)
  })

  it('lets a partner go on in part, in whatever epoch its other side is', () => {
    const healed: RecordInShort = { state: 'SUCCEEDED', submission: 3, epoch: 3, part: partOf('3') }
    const run = { status: 'RUNNING', epoch: 4 } as const
    expect(partsOf(PAIR, { a: healed, b: failed('1,3') }, run)['b']).toBe('1,3')
    const anew = { ...healed, part: { ...partOf('3', 2), of: 2 } }
    expect(partsOf(PAIR, { a: anew, b: failed('1,3') }, run)['b']).toBe('WAITING')
  })

  it.each([
    [20, 'SUCCEEDED'],
    [19, 'FAILED'],
  ])('tolerates by all items, not by those of the last submission: %s %%', (percent, state) => {
    const graph: Graph = { a: { ...LINES, tolerate: { type: 'percent', percent } } }
    const record: RecordInShort = { state: 'FAILED', submission: 2, part: partOf('3') }
    expect(viewJobs(given(graph, { a: record })).get('a')?.state).toBe(state)
  })

  it('lets nobody depend in Batch on a part of an array', () => {
    const snapshot = given({ a: LINES, b: 'a' }, { a: failed('1,3') }, OPENED)
    const commands = decide(snapshot, TIMES, NOW)
    expect(commands).toMatchObject([{ type: 'submit', job: 'a', submission: 2, part: partOf('1,3') }])
    const submitted: RecordInShort = { submission: 2, epoch: 2, jobId: 'a-2', part: partOf('1,3') }
    expect(decide(given({ a: LINES, b: 'a' }, { a: submitted }, OPENED), TIMES, NOW)).toEqual([])
  })

  it('says before how many items it submits', () => {
    const snapshot = given(
      { a: ITEMS, b: 'a', c: {} },
      { a: failed('1,3'), c: 'SUCCEEDED' },
      { status: 'FAILED' },
    )
    expect(retryEffect(snapshot, nextEpoch(snapshot, {}, undefined, 'test'))).toEqual({
      submitted: ['a', 'b'],
      kept: ['c'],
      items: { a: { failed: 2, of: 5 } },
    })
    const whole = retryEffect(snapshot, nextEpoch(snapshot, { from: ['a'] }, undefined, 'test'))
    expect(whole.items).toEqual({})
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StuckCause } from '../../../src/core/stuck/explain-stuck.ts'
import { afterLook, isStuck, type Sight, type ToldRecord } from '../../../src/core/stuck/queue-record.ts'

const MINUTE = 60_000
const HALF_HOUR = 30 * MINUTE
const sight = (id: string, of: StuckCause['of'], stuck = true): Sight => ({
  cause: { id, of, text: '', mend: '' },
  isStuck: stuck,
})

describe('a queue is stuck', () => {
  const head = { jobId: 'a', since: 0 }
  it.each<[string, Parameters<typeof isStuck>[1], number, number, boolean]>([
    ['not before its head has waited', undefined, HALF_HOUR, HALF_HOUR - 1, false],
    ['when its head has waited', undefined, HALF_HOUR, HALF_HOUR, true],
    ['not at the first word of Batch', { jobId: 'a', since: MINUTE }, HALF_HOUR, 10 * MINUTE, false],
    [
      'ten minutes after the first word of Batch',
      { jobId: 'a', since: MINUTE },
      HALF_HOUR,
      11 * MINUTE,
      true,
    ],
    ['not for a word of Batch about another job', { jobId: 'b', since: 0 }, HALF_HOUR, 29 * MINUTE, false],
  ])('%s', (_title, blocked, stuckAfter, now, expected) =>
    expect(isStuck(head, blocked, stuckAfter, now)).toBe(expected),
  )
})

describe('a cause', () => {
  /** Looks in turn, a minute apart unless a number of minutes says otherwise; the times at which something was told. */
  function toldIn(looks: readonly (Sight | undefined | number)[]): readonly number[] {
    let record: ToldRecord | undefined
    let now = 0
    const told: number[] = []
    for (const look of looks) {
      now += (typeof look === 'number' ? look : 1) * MINUTE
      if (typeof look === 'number') continue
      const { tell, causes } = afterLook(record, look, now)
      if (tell) told.push(now / MINUTE)
      record = { revision: 1, causes }
    }
    return told
  }
  const full = sight('full', 'job')
  const moved = sight('full', 'job', false)
  const disabled = sight('disabled:a', 'queue')
  const nextOne = sight('disabled:a', 'queue', false)
  const enabled = sight('unknown', 'job', false)

  it.each<[string, readonly (Sight | undefined | number)[], readonly number[]]>([
    ['is told once', [full, full, full], [1]],
    ['is told beside another', [full, disabled, full, disabled], [1, 2]],
    ['of the job is told again of the next one', [full, moved, full], [1, 3]],
    ['of the queue is not told again of the next one', [disabled, nextOne, disabled], [1]],
    ['is told again after it was resolved', [disabled, enabled, nextOne, disabled], [1, 4]],
    ['is told again after the queue was empty', [disabled, undefined, disabled], [1, 3]],
    ['is told again after nobody had to look for long', [disabled, 20, disabled], [1, 22]],
    ['is not told again after a sweep or two failed', [disabled, 5, disabled], [1]],
  ])('%s', (_title, looks, told) => expect(toldIn(looks)).toEqual(told))

  it('that stays is told exactly once, however often it is looked at', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 50 })
    fc.assert(
      fc.property(gaps, minutes => {
        const looks = minutes.flatMap(gap => [gap - 1, disabled])
        return toldIn([disabled, ...looks]).length === 1
      }),
    )
  })
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Timers } from '../../../src/local/batch/timers.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const DAY = 24 * 60 * 60 * 1000

it('rings at its time, however far away', () => {
  const ring = vi.fn()
  new Timers(Date.now).set('a', Date.now() + 100 * DAY, ring)
  vi.advanceTimersByTime(100 * DAY - 1)
  expect(ring).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(ring).toHaveBeenCalledTimes(1)
})

it('rings at once for what is past, and not at all when it was cleared or set anew', () => {
  const timers = new Timers(Date.now)
  const rings: string[] = []
  timers.set('past', Date.now() - 1, () => rings.push('past'))
  timers.set('cleared', Date.now() + 5, () => rings.push('cleared'))
  timers.set('anew', Date.now() + 5, () => rings.push('old'))
  timers.set('anew', Date.now() + 6, () => rings.push('new'))
  timers.clear('cleared')
  vi.advanceTimersByTime(10)
  expect(rings).toEqual(['past', 'new'])
  timers.set('all', Date.now() + 5, () => rings.push('all'))
  timers.clearAll()
  vi.advanceTimersByTime(10)
  expect(rings).toHaveLength(2)
})

import { expect, it } from 'vitest'
import { parseDuration } from '../../../src/core/workflow/duration.ts'

it.each([
  [90, 90],
  [0, 0],
  ['90s', 90],
  ['30m', 1800],
  ['1h', 3600],
  ['1h30m', 5400],
  ['2d', 172_800],
  ['1d2h3m4s', 93_784],
  ['', undefined],
  ['90', undefined],
  ['1.5h', undefined],
  ['30m1h', undefined],
  ['1 h', undefined],
  ['-1h', undefined],
  ['1H', undefined],
  [1.5, undefined],
  [-1, undefined],
  [Number.POSITIVE_INFINITY, undefined],
])('reads %j as %s seconds', (duration, seconds) => expect(parseDuration(duration)).toBe(seconds))

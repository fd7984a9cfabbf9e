import { expect, it } from 'vitest'
import { progressLine } from '../../../src/cli/backfill/progress-line.ts'

it.each([
  [0, 4, 0, 30, '░░░░░░░░░░░ 0 of 4, started 0'],
  [2, 4, 1, 30, '█████░░░░░░ 2 of 4, started 1'],
  [4, 4, 1, 30, '███████████ 4 of 4, started 1'],
  [0, 0, 0, 30, '███████████ 0 of 0, started 0'],
  [2, 4, 1, 20, '2 of 4, started 1'],
  [2, 4, 1, 10, '2 of 4, s…'],
])('draws %i of %i, %i started, in columns: %i', (done, total, started, width, line) => {
  expect(progressLine(done, total, started, width)).toBe(line)
})

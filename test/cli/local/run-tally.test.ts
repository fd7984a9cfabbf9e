import { expect, it } from 'vitest'
import { createRunTally } from '../../../src/cli/local/run-tally.ts'
import type { Run, RunStatus } from '../../../src/core/run/run.ts'

type Noted = readonly [workflow: string, runId: string, status: RunStatus]

it.each<[string, readonly Noted[], readonly string[], 'succeeded' | 'failed' | undefined]>([
  ['waits for a first run', [], ['a'], undefined],
  [
    'waits for a run under way',
    [
      ['a', '1', 'SUCCEEDED'],
      ['a', '2', 'RUNNING'],
    ],
    ['a'],
    undefined,
  ],
  ['waits for each workflow', [['a', '1', 'SUCCEEDED']], ['a', 'b'], undefined],
  [
    'is told of success',
    [
      ['a', '1', 'RUNNING'],
      ['a', '1', 'SUCCEEDED'],
    ],
    ['a'],
    'succeeded',
  ],
  [
    'is told of a failure among several',
    [
      ['a', '1', 'FAILED'],
      ['a', '2', 'SUCCEEDED'],
    ],
    ['a'],
    'failed',
  ],
  ['counts a cancelled run as failed', [['a', '1', 'CANCELLED']], ['a'], 'failed'],
  [
    'judges its own workflows only',
    [
      ['a', '1', 'SUCCEEDED'],
      ['b', '2', 'FAILED'],
      ['c', '3', 'RUNNING'],
    ],
    ['a'],
    'succeeded',
  ],
])('%s', (_title, runs, workflows, outcome) => {
  const tally = createRunTally()
  for (const [workflow, runId, status] of runs) tally.note({ workflow, runId, status } as Run)
  expect(tally.outcomeOf(workflows)).toBe(outcome)
})

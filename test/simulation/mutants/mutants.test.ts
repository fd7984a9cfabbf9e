import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allMutants } from './all-mutants.ts'
import { edited } from './mutant.ts'
import { tryMutants } from './try-mutants.ts'

/** One or two of each row of the protocol's table, those that show soon. `npm run soak -- --only mutants` tries all. */
const SOON = [
  'claim without a condition',
  'claim again in the epoch before',
  'a place is taken though the limit is full',
  'no look at the clock before SubmitJob',
  'the SDK repeats SubmitJob',
  'unknown taken for a failure',
  'unknown taken for a refusal for now',
  'a refusal for now taken for a failure',
  'take-over at once',
  'no take-over',
  'no look-up by ListJobs',
  'win into a final state',
  'event of another submission',
  'event that goes back',
  "a child's event taken for its array's",
  'start over a run',
  'the run ends while a job lives',
  'retry whatever the epoch',
  'alert never marked',
  'alert told by everybody',
  'no sweep',
  'jobs read before the run',
  'native edges for every condition',
  'nothing runs again after a retry',
]
const SEEDS = 100

describe('the simulation', () => {
  it('knows a guard to take away for every row of the protocol, each once', () => {
    const names = allMutants.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThanOrEqual(25)
    for (const { edits } of allMutants) {
      for (const { file } of edits)
        expect(() =>
          edits.filter(edit => edit.file === file).reduce(edited, readFileSync(file, 'utf8')),
        ).not.toThrow()
    }
  })

  it('fails without a guard', async () => {
    const mutants = allMutants.filter(({ name }) => SOON.includes(name))
    expect(mutants).toHaveLength(SOON.length)
    const trials = await tryMutants(mutants, SEEDS)
    expect(trials.filter(({ caught }) => caught === undefined).map(({ mutant }) => mutant.name)).toEqual([])
  }, 120_000)
})

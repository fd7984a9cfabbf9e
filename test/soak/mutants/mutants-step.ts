import { allMutants } from '../../simulation/mutants/all-mutants.ts'
import { tryMutants } from '../../simulation/mutants/try-mutants.ts'
import type { Step } from '../step.ts'

const LEAST_CAUGHT = 0.95

/** Every guard of the protocol taken away in turn: the simulation must fail. */
export const MUTANTS: Step = {
  name: 'mutants',
  title: `${allMutants.length} guards of the protocol, taken away one at a time`,
  async run({ tries, workers }) {
    const trials = await tryMutants(allMutants, tries, {
      workers,
      answered: line => console.log(`  ${line}`),
    })
    const left = trials.filter(({ caught }) => caught === undefined).map(({ mutant }) => mutant)
    const share = 1 - left.length / trials.length
    const unexplained = left.filter(({ survives }) => survives === undefined)
    const tooFew = share < LEAST_CAUGHT ? [`only ${(100 * share).toFixed(1)} % are caught`] : []
    return {
      figures: [
        `${trials.length - left.length} of ${trials.length} make the simulation fail (${(100 * share).toFixed(1)} %)`,
        ...left.map(({ name, survives = 'nobody knows why' }) => `not caught: ${name}. ${survives}`),
      ],
      wrongs: [...tooFew, ...unexplained.map(({ name }) => `"${name}" is not caught in ${tries} seeds`)],
    }
  },
}

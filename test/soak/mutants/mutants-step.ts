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
    const unexplained = left.filter(({ survives }) => survives === undefined)
    const telling = trials.length - (left.length - unexplained.length)
    const share = (of: number) => `${((100 * (trials.length - left.length)) / of).toFixed(1)} %`
    const isEnough = trials.length - left.length >= LEAST_CAUGHT * telling
    return {
      figures: [
        `${trials.length - left.length} of ${trials.length} make the simulation fail (${share(trials.length)}; ${share(telling)} of those that change what comes of a run)`,
        ...left.map(({ name, survives = 'Nobody knows why.' }) => `not caught: ${name}. ${survives}`),
      ],
      wrongs: isEnough ? [] : unexplained.map(({ name }) => `"${name}" is not caught in ${tries} seeds`),
    }
  },
}

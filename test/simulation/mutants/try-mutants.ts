import { inThreads } from '../run/pool.ts'
import type { Mutant } from './mutant.ts'
import type { Caught, MutantTask } from './mutant-thread.ts'

const THREAD = new URL('./mutant-thread.ts', import.meta.url)

export interface Trial {
  readonly mutant: Mutant
  /** Undefined when no seed fails. */
  readonly caught: Caught | undefined
}

/** Lets the simulation look for each mutant, up to so many seeds of each of its profiles. */
export async function tryMutants(mutants: readonly Mutant[], seeds: number): Promise<readonly Trial[]> {
  const tasks = mutants.map(mutant => ({ mutant, seeds }))
  const answers = await inThreads<MutantTask, Caught | undefined>(THREAD, tasks)
  return mutants.map((mutant, index) => ({ mutant, caught: answers[index] }))
}

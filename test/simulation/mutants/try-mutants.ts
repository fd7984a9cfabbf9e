import { inThreads } from '../run/pool.ts'
import type { Mutant } from './mutant.ts'
import type { Caught, MutantTask } from './mutant-thread.ts'

const THREAD = new URL('./mutant-thread.ts', import.meta.url)

/** Seeds of each profile for mutants that are known to change nothing: in case they do one day. */
const FOR_SURVIVORS = 50

export interface Trial {
  readonly mutant: Mutant
  /** Undefined when no seed fails. */
  readonly caught: Caught | undefined
}

export interface TryOptions {
  /** @default as many as there are processors */
  readonly workers?: number | undefined
  /** Told of each mutant's end in words. */
  readonly answered?: (line: string) => void
}

/** Lets the simulation look for each mutant, up to so many seeds of each of its profiles. */
export async function tryMutants(
  mutants: readonly Mutant[],
  seeds: number,
  { workers, answered }: TryOptions = {},
): Promise<readonly Trial[]> {
  const tasks = mutants.map(mutant => ({
    mutant,
    seeds: mutant.survives === undefined ? seeds : Math.min(seeds, FOR_SURVIVORS),
  }))
  const answers = await inThreads<MutantTask, Caught | undefined>(THREAD, tasks, {
    fresh: true,
    workers,
    answered: (caught, task) => answered?.(`${mutants[task]?.name}: ${inWords(caught)}`),
  })
  return mutants.map((mutant, index) => ({ mutant, caught: answers[index] }))
}

function inWords(caught: Caught | undefined): string {
  if (caught === undefined) return 'NOT CAUGHT'
  const { profile, seed, violation } = caught
  return `${profile} seed ${seed}: ${violation.invariant}`
}

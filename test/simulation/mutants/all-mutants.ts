import { claimMutants } from './claim-mutants.ts'
import { decisionMutants } from './decision-mutants.ts'
import { eventMutants } from './event-mutants.ts'
import { houseMutants } from './house-mutants.ts'
import type { Mutant } from './mutant.ts'
import { runMutants } from './run-mutants.ts'

/** Every condition and guard of the protocol's table, taken away one at a time. */
export const allMutants: readonly Mutant[] = [
  ...claimMutants,
  ...eventMutants,
  ...runMutants,
  ...decisionMutants,
  ...houseMutants,
]

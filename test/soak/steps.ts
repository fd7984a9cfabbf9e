import { FENCE } from './fence/fence-step.ts'
import { KILLS } from './kills/kills-step.ts'
import { MUTANTS } from './mutants/mutants-step.ts'
import { SEEDS } from './seeds/seeds-step.ts'
import type { Step } from './step.ts'
import { STORM } from './storm/storm-step.ts'

/** What takes too long for `npm test`. Each step can be run by itself. */
export const STEPS: readonly Step[] = [SEEDS, MUTANTS, KILLS, STORM, FENCE]

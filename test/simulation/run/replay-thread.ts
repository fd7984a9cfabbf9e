import { type ProfileName, profileNamed } from '../profile.ts'
import { simulate } from '../simulate.ts'
import { shrink } from './shrink.ts'
import { answerTasks } from './thread.ts'

export interface ReplayTask {
  readonly profile: ProfileName
  readonly seed: number
  /** Holds the profile to bounds that it breaks: it fails then. */
  readonly isHeld?: boolean
}

export interface Replayed {
  readonly trace: string
  readonly violated: string | undefined
  /** How many faults there were, and how many of them are enough to violate the same. */
  readonly faults: number
  readonly needed: number
  /** What those few violate. */
  readonly violatedAgain: string | undefined
}

answerTasks(async ({ profile: name, seed, isHeld = false }: ReplayTask): Promise<Replayed> => {
  const profile = { ...profileNamed(name), ...(isHeld && { beyondBounds: false }) }
  const result = await simulate({ seed, profile, isTraced: true })
  const trace = result.trace.join('\n')
  const [violation] = result.violations
  const base = { trace, violated: violation?.invariant, faults: result.faults.length }
  if (violation === undefined) return { ...base, needed: 0, violatedAgain: undefined }
  const faults = await shrink(seed, profile, result)
  const again = await simulate({ seed, profile, faults })
  return { ...base, needed: faults.length, violatedAgain: again.violations[0]?.invariant }
})

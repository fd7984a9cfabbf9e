import type { ProfileName } from '../profile.ts'
import { inThreads } from './pool.ts'
import type { SeedsTask } from './seeds-thread.ts'
import { added, type Tally } from './tally.ts'

const THREAD = new URL('./seeds-thread.ts', import.meta.url)
/** Few enough to share the work evenly. */
const AT_ONCE = 100

export interface RunSeedsOptions {
  /** @default as many as there are processors */
  readonly workers?: number | undefined
  /** Told of each hundred seeds. */
  readonly progress?: (part: Tally) => void
}

/** Simulates `count` seeds of a profile, from the given one on, on all processors. */
export async function runSeeds(
  profile: ProfileName,
  from: number,
  count: number,
  { workers, progress }: RunSeedsOptions = {},
): Promise<Tally> {
  const tasks: SeedsTask[] = []
  for (let start = from; start < from + count; start += AT_ONCE)
    tasks.push({ profile, from: start, count: Math.min(AT_ONCE, from + count - start) })
  const answered = (part: Tally) => progress?.(part)
  return added(await inThreads<SeedsTask, Tally>(THREAD, tasks, { workers, answered }))
}

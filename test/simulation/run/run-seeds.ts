import type { ProfileName } from '../profile.ts'
import { inThreads } from './pool.ts'
import type { SeedsTask } from './seeds-thread.ts'
import { added, type Tally } from './tally.ts'

const THREAD = new URL('./seeds-thread.ts', import.meta.url)
/** Long enough that loading the modules does not count, short enough to share the work evenly. */
const AT_ONCE = 500

/** Simulates `count` seeds of a profile, from the given one on, on all processors. */
export async function runSeeds(profile: ProfileName, from: number, count: number): Promise<Tally> {
  const tasks: SeedsTask[] = []
  for (let start = from; start < from + count; start += AT_ONCE)
    tasks.push({ profile, from: start, count: Math.min(AT_ONCE, from + count - start) })
  return added(await inThreads<SeedsTask, Tally>(THREAD, tasks))
}

import { inThreads } from '../run/pool.ts'
import type { StormReport } from './storm.ts'

/** A storm of so many uploads, in a thread of its own. */
export async function runStorm(uploads: number): Promise<StormReport> {
  const thread = new URL('./storm-thread.ts', import.meta.url)
  const [report] = await inThreads<number, StormReport>(thread, [uploads])
  if (report === undefined) throw new Error('The thread of the storm has not answered.')
  return report
}

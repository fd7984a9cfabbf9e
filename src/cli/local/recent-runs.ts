import type { RunList } from '../../aws/run-list.ts'
import { isFinalRun, type Run, type RunStatus } from '../../core/run/run.ts'

export interface RecentRuns {
  /** Every run that was created since the last call, once, and on the first call those that are not over; oldest first. */
  created(now: number): Promise<readonly Run[]>
}

const LIVE: readonly RunStatus[] = ['COLLECTING', 'QUEUED', 'RUNNING', 'CANCELLING']
const PAGE = 100
/** Runs are written by several functions at once: one that was created earlier may be seen later. */
const SEEN_LATE = 60_000

/** Finds the runs there are to show: those an earlier local mode left under way, then each new one. */
export function followRuns(list: RunList, since: number): RecentRuns {
  const known = new Map<string, number>()
  let newest = since
  let isFirst = true

  async function all(query: { readonly status?: RunStatus; readonly since?: number }, now: number) {
    const found: Run[] = []
    for (;;) {
      const after = found.at(-1)
      const { runs, more } = await list.list({ ...query, limit: PAGE, ...(after && { after }) }, now)
      found.push(...runs)
      if (!more) return found
    }
  }

  return {
    async created(now) {
      const fresh = await all({ since: newest }, now)
      const leftOver = isFirst ? (await Promise.all(LIVE.map(status => all({ status }, now)))).flat() : []
      isFirst = false
      const isNew = new Map(
        [...leftOver.filter(run => !isFinalRun(run.status)), ...fresh].map(run => [run.runId, run]),
      )
      const runs = [...isNew.values()].filter(({ runId }) => !known.has(runId))
      for (const { runId, createdAt } of runs) known.set(runId, createdAt)
      newest = Math.max(newest, ...runs.map(({ createdAt }) => createdAt - SEEN_LATE))
      for (const [runId, createdAt] of known) if (createdAt < newest) known.delete(runId)
      return runs.toSorted((one, other) => one.createdAt - other.createdAt)
    },
  }
}

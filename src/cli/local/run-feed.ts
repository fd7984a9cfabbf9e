import { setTimeout as pause } from 'node:timers/promises'
import { clientTarget } from '../../aws/client-target.ts'
import { createRunStore } from '../../aws/dynamo-run-store.ts'
import { tableClient } from '../../aws/table-client.ts'
import { viewJobs } from '../../core/run/job-view.ts'
import { isFinalRun, type Run } from '../../core/run/run.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import type { LocalAws } from '../../local/local-aws.ts'
import { LOCAL_TABLE } from '../../local/stack/local-names.ts'
import type { LiveStatuses } from './live-status.ts'
import type { ShownRun } from './run-table.ts'
import type { Screen } from './screen.ts'
import { shownJob } from './shown-job.ts'

export interface RunFeed {
  /** Settles when there have been runs and all have ended and their results are exported. */
  allEnded(): Promise<'succeeded' | 'failed'>
  stop(): Promise<void>
}

const LIVE_INTERVAL = 150
const IDLE_INTERVAL = 700
const RUNS_PER_WORKFLOW = 20

/** Reads the table now and then, and shows the runs that were started or ended since, until `stop`. */
export function createRunFeed(
  aws: LocalAws,
  workflows: readonly Workflow[],
  statuses: LiveStatuses,
  screen: Screen,
): RunFeed {
  const client = tableClient(clientTarget(aws.target.endpoint, aws.target.region))
  const store = createRunStore(client, LOCAL_TABLE)
  const since = Date.now()
  const over = new Set<string>()
  const ended: Run[] = []
  const stopping = new AbortController()
  const { promise: everyRunEnded, resolve: tellEnded } = Promise.withResolvers<void>()
  const loop = follow()
  return {
    async allEnded() {
      await everyRunEnded
      await aws.resultsExported()
      return ended.every(run => run.status === 'SUCCEEDED') ? 'succeeded' : 'failed'
    },
    async stop() {
      stopping.abort()
      await loop
      client.destroy()
    },
  }

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      const live = await look()
      // Aborted: the loop ends.
      await pause(live ? LIVE_INTERVAL : IDLE_INTERVAL, undefined, { signal: stopping.signal }).catch(
        () => {},
      )
    }
  }

  /** @returns whether a run is live */
  async function look(): Promise<boolean> {
    const live: ShownRun[] = []
    for (const runId of await recentRuns()) {
      const shown = over.has(runId) ? undefined : await read(runId)
      if (shown === undefined) continue
      if (!isFinalRun(shown.run.status)) live.push(shown)
      else if ((shown.run.finishedAt ?? 0) >= since) {
        ended.push(shown.run)
        screen.runEnded(shown, aws.results)
      }
    }
    screen.live(live)
    if (live.length === 0 && ended.length > 0) tellEnded()
    return live.length > 0
  }

  async function recentRuns(): Promise<readonly string[]> {
    const now = Date.now()
    const lists = await Promise.all(workflows.map(({ name }) => store.runsOf(name, now, RUNS_PER_WORKFLOW)))
    return lists.flat()
  }

  async function read(runId: string): Promise<ShownRun | undefined> {
    const stored = await store.load(runId)
    const definition = stored && (await store.readDefinition(stored.run.definition))
    if (stored === undefined || definition === undefined) return undefined
    const { run, jobs } = stored
    if (isFinalRun(run.status)) over.add(runId)
    const snapshot = { run, definition, jobs: new Map(jobs.map(record => [record.job, record])) }
    const shown = [...viewJobs(snapshot).values()].map(view =>
      shownJob(view, statuses.of(view.record?.jobId ?? '')),
    )
    return { run, jobs: shown }
  }
}

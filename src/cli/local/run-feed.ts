import { setTimeout as pause } from 'node:timers/promises'
import { clientTarget } from '../../aws/client-target.ts'
import { createRunStore } from '../../aws/dynamo-run-store.ts'
import { createRunList } from '../../aws/run-list.ts'
import { tableClient } from '../../aws/table-client.ts'
import { viewJobs } from '../../core/run/job-view.ts'
import { isFinalRun } from '../../core/run/run.ts'
import { escapeText } from '../../core/workflow/escape-text.ts'
import type { LocalAws } from '../../local/local-aws.ts'
import { LOCAL_TABLE } from '../../local/stack/local-names.ts'
import type { LiveStatuses } from './live-status.ts'
import { followRuns } from './recent-runs.ts'
import type { ShownRun } from './run-table.ts'
import { createRunTally } from './run-tally.ts'
import type { Screen } from './screen.ts'
import { shownJob } from './shown-job.ts'

export interface RunFeed {
  /** Resolves when a run of each of these workflows was started since and has ended, and no other is under way. */
  allEnded(workflows: readonly string[]): Promise<'succeeded' | 'failed'>
  stop(): Promise<void>
}

const LIVE_INTERVAL = 150
const IDLE_INTERVAL = 700
/** A run whose jobs say nothing is read again after so many milliseconds: it may have been cancelled. */
const READ_AGAIN = 1_000
/** Reading takes at most one part in so many of the time: a storm of runs is shown more slowly, and not slowed down. */
const SHARE = 4
/** Ended runs that are remembered, so that a late event does not show one twice. */
const REMEMBERED = 10_000

interface Followed {
  readonly shown?: ShownRun
  readonly readAt: number
}

const UNREAD: Followed = { readAt: Number.NEGATIVE_INFINITY }

/** Reads the table now and then, and shows the runs that were started or ended since, until `stop`. */
export function createRunFeed(aws: LocalAws, statuses: LiveStatuses, screen: Screen): RunFeed {
  const client = tableClient(clientTarget(aws.target.endpoint, aws.target.region))
  const store = createRunStore(client, LOCAL_TABLE)
  const since = Date.now()
  const recent = followRuns(createRunList(client, LOCAL_TABLE), since)
  const followed = new Map<string, Followed>()
  const over = new Map<string, number>()
  const tally = createRunTally()
  const stopping = new AbortController()
  let tellLooked: () => void = () => {}
  let lastProblem = ''
  const loop = follow()
  return {
    async allEnded(workflows) {
      for (;;) {
        const outcome = tally.outcomeOf(workflows)
        if (outcome !== undefined) {
          await aws.resultsExported()
          return outcome
        }
        await new Promise<void>(resolve => {
          tellLooked = resolve
        })
      }
    },
    async stop() {
      stopping.abort()
      await loop
      client.destroy()
    },
  }

  async function follow(): Promise<void> {
    await look().catch(tellProblem) // cold code: how long it takes says nothing
    while (!stopping.signal.aborted) {
      const from = performance.now()
      await look().catch(tellProblem)
      tellLooked()
      await restFor(Math.max(LIVE_INTERVAL, (performance.now() - from) * SHARE))
      await Promise.race([statuses.changed(), restFor(followed.size > 0 ? 0 : IDLE_INTERVAL)])
    }
  }

  /** Aborted: the loop ends. */
  function restFor(milliseconds: number): Promise<void> {
    return pause(milliseconds, undefined, { signal: stopping.signal }).catch(() => {})
  }

  /** The next look may succeed; the same problem is told once. */
  function tellProblem(error: unknown): void {
    const problem = `The runs cannot be read just now: ${error instanceof Error ? error.message : String(error)}`
    if (problem !== lastProblem && !stopping.signal.aborted) screen.note(`problem: ${escapeText(problem)}`)
    lastProblem = problem
  }

  async function look(): Promise<void> {
    const now = Date.now()
    for (const runId of statuses.takeChangedRuns()) followed.set(runId, { ...followed.get(runId), ...UNREAD })
    for (const { runId } of await recent.created(now)) if (!followed.has(runId)) followed.set(runId, UNREAD)
    for (const [runId, { readAt }] of followed) if (now - readAt >= READ_AGAIN) await read(runId, now)
    screen.live([...followed.values()].flatMap(({ shown }) => shown ?? []))
    lastProblem = ''
  }

  async function read(runId: string, now: number): Promise<void> {
    const shown = await load(runId)
    if (shown === undefined) return void followed.delete(runId)
    const { run } = shown
    if (run.createdAt >= since && over.get(runId) !== run.epoch) tally.note(run)
    if (!isFinalRun(run.status)) return void followed.set(runId, { shown, readAt: now })
    followed.delete(runId)
    if (over.get(runId) === run.epoch) return
    over.set(runId, run.epoch)
    if (over.size > REMEMBERED) over.delete(over.keys().next().value ?? '')
    screen.runEnded(shown, aws.results)
  }

  async function load(runId: string): Promise<ShownRun | undefined> {
    const stored = await store.load(runId)
    const definition = stored && (await store.readDefinition(stored.run.definition))
    if (stored === undefined || definition === undefined) return undefined
    const { run, jobs } = stored
    const snapshot = { run, definition, jobs: new Map(jobs.map(record => [record.job, record])) }
    const shown = [...viewJobs(snapshot).values()].map(view =>
      shownJob(view, statuses.of(view.record?.jobId ?? '')),
    )
    return { run, jobs: shown }
  }
}

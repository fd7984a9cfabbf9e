import type { Engine } from './engine/engine.ts'
import { type Attempt, type Job, type JobSpec, type JobState, jobIdOf, type Stop } from './engine/job.ts'
import type { JobStatus } from './engine/status.ts'

/** What of jobs is written to the journal. Children that turn alike in one go share an entry. */
export type JobEntry =
  | { readonly job: JobSpec }
  | { readonly spawned: readonly [jobId: string, at: number] }
  | { readonly state: StateEntry }
  | { readonly forgotten: string }

interface StateEntry {
  readonly jobId: string
  /** The first and the last child it is true of. */
  readonly children?: readonly [first: number, last: number]
  readonly status: JobStatus
  readonly since: number
  readonly statusReason?: string
  readonly startedAt?: number
  readonly stoppedAt?: number
  readonly task?: string
  readonly environment?: string
  readonly stop?: Stop
  readonly blockedAt?: number
  /** Left out where they are the same as before. */
  readonly attempts?: readonly Attempt[]
}

interface Turn {
  readonly job: Job
  readonly state: JobState
  readonly before?: JobState
}

/** Folds neighbouring children that share a state into one entry. */
export function* stateEntries(turns: Iterable<Turn>): Generator<JobEntry> {
  let first: Turn | undefined
  let last: Turn | undefined
  for (const turn of turns) {
    if (first !== undefined && last !== undefined && continues(last, turn)) last = turn
    else {
      if (first !== undefined && last !== undefined) yield stateEntry(first, last)
      first = turn
      last = turn
    }
  }
  if (first !== undefined && last !== undefined) yield stateEntry(first, last)
}

/** All entries that bring these jobs back. */
export function* snapshotOfJobs(jobs: Iterable<Job>): Generator<JobEntry> {
  for (const job of jobs) {
    yield { job: job.spec }
    const children = job.array?.children ?? []
    const [child] = children
    if (child !== undefined) yield { spawned: [job.spec.jobId, child.createdAt] }
    yield* stateEntries([job, ...children].map(each => ({ job: each, state: each.state })))
  }
}

/** Applies an entry read back at start. */
export function restore(engine: Engine, entry: JobEntry): void {
  if ('job' in entry) engine.restoreJob(entry.job)
  else if ('spawned' in entry) engine.restoreChildren(...entry.spawned)
  else if ('forgotten' in entry) engine.restoreForgotten(entry.forgotten)
  else restoreStates(engine, entry.state)
}

function restoreStates(engine: Engine, entry: StateEntry): void {
  const { jobId, children, attempts, ...rest } = entry
  const ids = children === undefined ? [jobId] : childIds(jobId, ...children)
  const before = engine.find(ids[0] ?? jobId)
  const state: JobState = { ...rest, attempts: attempts ?? before?.state.attempts ?? [] }
  for (const each of ids) engine.restoreState(each, state)
}

function childIds(jobId: string, first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => `${jobId}:${first + at}`)
}

function continues(last: Turn, next: Turn): boolean {
  return (
    next.state === last.state &&
    next.before === last.before &&
    next.job.spec === last.job.spec &&
    last.job.index !== undefined &&
    next.job.index === last.job.index + 1
  )
}

function stateEntry(first: Turn, last: Turn): JobEntry {
  const { attempts, ...rest } = first.state
  const same = first.before !== undefined && first.before.attempts === attempts
  const changed = same || attempts.length === 0 ? {} : { attempts }
  const { index } = first.job
  if (index === undefined) return { state: { jobId: jobIdOf(first.job), ...rest, ...changed } }
  const children = [index, last.job.index ?? index] as const
  return { state: { jobId: first.job.spec.jobId, children, ...rest, ...changed } }
}

import { type Definition, defineWorkflow } from '../../../src/core/run/definition.ts'
import type { JobRecord, JobState } from '../../../src/core/run/job-record.ts'
import type { Snapshot } from '../../../src/core/run/job-view.ts'
import { isFinalRun, type Run } from '../../../src/core/run/run.ts'
import type { Job, Workflow } from '../../../src/core/workflow/workflow.ts'

export const NOW = Date.parse('2026-11-21T02:00:00Z')
export const RUN_ID = 'abcdefghijklmnopqrstuvwxyz'
export const TIMES = { lease: 60_000, settle: 120_000 }

const PLAIN: Job = {
  container: { type: 'existing', jobDefinition: 'tool' },
  jobQueue: 'default',
  environment: {},
  parameters: {},
  tags: {},
  dependsOn: [],
  when: 'success',
  sequential: false,
}

/** A graph in short: `{ b: 'a', c: ['a', { job: 'b', type: 'N_TO_N' }] }`, or a whole job's differences. */
export type Graph = Readonly<
  Record<string, string | readonly (string | { job: string; type: 'N_TO_N' })[] | Partial<Job>>
>

function jobOf(entry: Graph[string]): Job {
  if (typeof entry === 'string') return { ...PLAIN, dependsOn: [{ job: entry }] }
  if (Array.isArray(entry)) {
    return {
      ...PLAIN,
      dependsOn: entry.map(dependency => (typeof dependency === 'string' ? { job: dependency } : dependency)),
    }
  }
  return { ...PLAIN, ...(entry as Partial<Job>) }
}

function workflowOf(graph: Graph, differences: Partial<Workflow> = {}): Workflow {
  return {
    name: 'w',
    chaining: 'auto',
    tags: {},
    parameters: {},
    triggers: [],
    jobs: Object.fromEntries(Object.entries(graph).map(([name, entry]) => [name, jobOf(entry)])),
    ...differences,
  }
}

export function definitionOf(graph: Graph, differences: Partial<Workflow> = {}): Definition {
  return defineWorkflow(workflowOf(graph, differences), 'test', { outputBucket: 'out' })
}

export function runOf(differences: Partial<Run> = {}): Run {
  return {
    runId: RUN_ID,
    workflow: 'w',
    status: 'RUNNING',
    epoch: 1,
    definition: 'hash',
    trigger: { type: 'manual', values: {} },
    parameters: {},
    createdAt: NOW - 60_000,
    dueAt: NOW + 60_000,
    alerts: {},
    ...(differences.status !== undefined && isFinalRun(differences.status) && { announced: 1 }),
    ...differences,
  }
}

/** A record in short: a state, or a record's differences from a SUBMITTED one. */
export type RecordInShort = JobState | Partial<JobRecord>

export function recordOf(job: string, short: RecordInShort): JobRecord {
  const differences: Partial<JobRecord> = typeof short === 'string' ? { state: short } : short
  const state = differences.state ?? 'SUBMITTED'
  const inBatch = state !== 'WAITING' && state !== 'CLAIMED' && state !== 'CANCELLED'
  return {
    runId: RUN_ID,
    job,
    state,
    submission: 1,
    epoch: 1,
    updatedAt: NOW,
    expiresAt: NOW / 1000 + 1000,
    ...(inBatch && { jobId: `${job}-1` }),
    ...(state === 'CLAIMED' && {
      claim: { token: 'other', until: NOW + 60_000 },
      claimedAt: NOW,
      queue: 'default',
    }),
    ...differences,
  }
}

export function given(
  graph: Graph,
  records: Readonly<Record<string, RecordInShort>> = {},
  run: Partial<Run> = {},
  workflow: Partial<Workflow> = {},
): Snapshot {
  const jobs = Object.entries(records).map(([job, short]) => [job, recordOf(job, short)] as const)
  return { run: runOf(run), definition: definitionOf(graph, workflow), jobs: new Map(jobs) }
}

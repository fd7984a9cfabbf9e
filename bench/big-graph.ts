import { defineWorkflow } from '../src/core/run/definition.ts'
import type { JobRecord, JobState } from '../src/core/run/job-record.ts'
import type { Snapshot } from '../src/core/run/job-view.ts'
import type { Run } from '../src/core/run/run.ts'
import type { Job, Workflow } from '../src/core/workflow/workflow.ts'

const JOBS = 1000
const LAYER = 50
/** When the run of `bigSnapshot` is looked at. */
export const NOW = Date.parse('2026-11-21T02:00:00Z')
const RUN_ID = 'abcdefghijklmnopqrstuvwxyz'

/** A thousand jobs in twenty layers; each but those of the first depends on three of the layer before. */
export function bigWorkflow(): Workflow {
  return {
    name: 'big',
    chaining: 'auto',
    tags: {},
    parameters: {},
    triggers: [],
    jobs: Object.fromEntries(Array.from({ length: JOBS }, (_, at) => [nameOf(at), jobAt(at)])),
  }
}

/** The workflow's run when the first `ended` jobs have succeeded and the next `submitted` ones are in Batch. */
export function bigSnapshot(workflow: Workflow, ended: number, submitted: number): Snapshot {
  const jobs = new Map<string, JobRecord>()
  for (let at = 0; at < ended + submitted; at++) {
    jobs.set(nameOf(at), recordOf(at, at < ended ? 'SUCCEEDED' : 'SUBMITTED'))
  }
  return { run: RUN, definition: defineWorkflow(workflow, 'bench', { outputBucket: 'out' }), jobs }
}

const RUN: Run = {
  runId: RUN_ID,
  workflow: 'big',
  status: 'RUNNING',
  epoch: 1,
  definition: 'hash',
  trigger: { type: 'manual', values: {} },
  parameters: {},
  createdAt: NOW - 60_000,
  dueAt: NOW + 60_000,
  alerts: {},
}

function jobAt(at: number): Job {
  const layer = Math.floor(at / LAYER)
  const upstream = layer === 0 ? [] : [0, 7, 23].map(step => (layer - 1) * LAYER + ((at + step) % LAYER))
  return {
    container: { type: 'existing', jobDefinition: 'tool' },
    jobQueue: 'default',
    environment: {},
    parameters: {},
    tags: {},
    dependsOn: upstream.map(on => ({ job: nameOf(on) })),
    when: 'success',
    sequential: false,
  }
}

function recordOf(at: number, state: JobState): JobRecord {
  return {
    runId: RUN_ID,
    job: nameOf(at),
    state,
    submission: 1,
    epoch: 1,
    jobId: `id-${at}`,
    updatedAt: NOW,
    expiresAt: NOW / 1000 + 1000,
  }
}

const nameOf = (at: number): string => `job-${at}`

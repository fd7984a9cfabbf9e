import { defineWorkflow } from '../../../src/core/run/definition.ts'
import { runIdOf } from '../../../src/core/run/run-identity.ts'
import type { Job, Workflow } from '../../../src/core/workflow/workflow.ts'
import { type Profile, profileNamed } from '../profile.ts'
import { STACK, type Workload } from '../workload/workload.ts'

const GRAPH: Readonly<Record<string, readonly string[]>> = {
  a: [],
  b: ['a'],
  c: ['a'],
  d: ['a', 'b'],
  e: ['c'],
  f: ['d', 'e'],
}

/** One run of six jobs, asked for by hand. */
export function sixJobs(chaining: Workflow['chaining']): Workload {
  const jobs = Object.fromEntries(Object.entries(GRAPH).map(([name, on]) => [name, jobAfter(on)]))
  const workflow = { name: 'six', chaining, tags: {}, parameters: {}, triggers: [], jobs }
  const definitions = [defineWorkflow(workflow, STACK, { outputBucket: 'out' })]
  const detail = { workflow: 'six', requestId: 'exhaustive' }
  const body = JSON.stringify({ 'detail-type': 'Start Requested', detail })
  const runId = runIdOf(STACK, 'six', { type: 'manual', requestId: 'exhaustive' })
  return {
    definitions,
    later: definitions,
    deployAt: 0,
    triggers: [{ type: 'request', at: 0, body }],
    runIds: new Set([runId]),
  }
}

export function jobAfter(on: readonly string[]): Job {
  return {
    container: { type: 'existing', jobDefinition: 'tool' },
    jobQueue: 'default',
    environment: {},
    parameters: {},
    tags: {},
    dependsOn: on.map(job => ({ job })),
    when: 'success',
    sequential: false,
  }
}

/** Nobody interferes and every job succeeds: whatever else happens, the run must end the same. */
export const UNDISTURBED: Profile = {
  ...profileNamed('calm'),
  users: { cancel: 0, retry: 0, together: 0 },
  jobFails: 0,
}

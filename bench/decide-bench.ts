import { decide } from '../src/core/run/decide.ts'
import { defineWorkflow } from '../src/core/run/definition.ts'
import type { Snapshot } from '../src/core/run/job-view.ts'
import { graphOf, topologicalOrder } from '../src/core/workflow/graph.ts'
import type { Workflow } from '../src/core/workflow/workflow.ts'
import { bigSnapshot, bigWorkflow, NOW } from './big-graph.ts'
import type { Result } from './result.ts'
import { measured, timed } from './spread.ts'

const TIMES = { lease: 60_000, settle: 120_000 }
const ROUNDS = { warmUp: 50, count: 101 }
const TARGET = 3

/** How long a graph of 1,000 jobs takes to put in order and to decide on, in each stage of a run. */
export async function decideBench(): Promise<Result> {
  const workflow = bigWorkflow()
  const floor = await measured(ROUNDS, () => timed(() => readOnce(workflow)))
  const define = await measured({ warmUp: 5, count: 21 }, () =>
    timed(() => defineWorkflow(workflow, 'bench', { outputBucket: 'out' })),
  )
  const stages: readonly (readonly [stage: string, snapshot: Snapshot])[] = [
    ['nothing submitted', bigSnapshot(workflow, 0, 0)],
    ['half way', bigSnapshot(workflow, 500, 50)],
    ['all ended', bigSnapshot(workflow, 1000, 0)],
  ]
  const rows = []
  for (const [stage, snapshot] of stages) {
    const spread = await measured(ROUNDS, () =>
      timed(() => {
        topologicalOrder(graphOf(workflow))
        decide(snapshot, TIMES, NOW)
      }),
    )
    rows.push({
      name: `plan and decide 1,000 jobs, ${stage}`,
      unit: 'ms' as const,
      target: TARGET,
      measured: spread,
      floor: { of: 'reading jobs and dependencies once', value: floor.median },
    })
  }
  return { rows: [...rows, { name: 'define 1,000 jobs, once per start', unit: 'ms', measured: define }] }
}

/** Looks at every job and each of its dependencies, and keeps nothing but their number. */
function readOnce({ jobs }: Workflow): number {
  const names = new Set<string>()
  let known = 0
  for (const [name, job] of Object.entries(jobs)) {
    names.add(name)
    for (const dependency of job.dependsOn) if (names.has(dependency.job)) known += 1
  }
  return known
}

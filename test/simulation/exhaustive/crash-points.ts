import type { Workflow } from '../../../src/core/workflow/workflow.ts'
import type { Fault } from '../faults.ts'
import { type Result, simulate } from '../simulate.ts'
import { sixJobs, UNDISTURBED } from './six-jobs.ts'

/** What a crash at a point led to, if that is not what a run without crashes leads to. */
export interface Deviation {
  readonly crashes: readonly Fault[]
  readonly problem: string
}

const KINDS = ['crash-before', 'crash-after'] as const
const CALL = /#(\d+)\.(\d+) /
/** Crashes happen where they are asked for, and nowhere else. */
const CRASHING = { ...UNDISTURBED, crash: 1 }

/** Every call of a port in the run of six jobs, each once with a crash before it and once with one after it. */
export async function singleCrashes(chaining: Workflow['chaining']): Promise<readonly Fault[]> {
  return crashesIn((await run(chaining, [])).trace)
}

/** Every crash that can follow the first one, up to the end of the run. */
export async function secondCrashes(chaining: Workflow['chaining'], first: Fault): Promise<readonly Fault[]> {
  const { trace } = await run(chaining, [first])
  return crashesIn(trace.slice(trace.findIndex(line => line.includes(' dies: '))))
}

/** Runs with these crashes; none when the run ends as it would without them. */
export async function deviationsOf(
  chaining: Workflow['chaining'],
  crashes: readonly Fault[],
): Promise<readonly Deviation[]> {
  const result = await run(chaining, crashes)
  const problem = problemOf(result, crashes.length)
  return problem === undefined ? [] : [{ crashes, problem }]
}

function run(chaining: Workflow['chaining'], faults: readonly Fault[]): Promise<Result> {
  const workload = sixJobs(chaining)
  return simulate({ seed: 1, profile: CRASHING, workload, faults, isTraced: faults.length < 2 })
}

function problemOf({ violations, world, faults, submitted }: Result, asked: number): string | undefined {
  const [violation] = violations
  if (violation !== undefined) return `${violation.invariant}: ${violation.message}`
  if (faults.length !== asked) return `only ${faults.length} of ${asked} crashes happened`
  if (submitted !== 6) return `${submitted} submissions of six jobs`
  const statuses = world.store.runIds().map(runId => world.store.readRun(runId)?.status)
  return statuses.join() === 'SUCCEEDED' ? undefined : `the run is ${statuses.join()}`
}

function crashesIn(trace: readonly string[]): readonly Fault[] {
  const calls = new Map<string, readonly [of: number, ordinal: number]>()
  for (const line of trace) {
    const [found, of, ordinal] = CALL.exec(line) ?? []
    if (found !== undefined) calls.set(found, [Number(of), Number(ordinal)])
  }
  return [...calls.values()].flatMap(([of, ordinal]) => KINDS.map(kind => ({ kind, of, ordinal })))
}

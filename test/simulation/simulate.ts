import { createCallCounter } from './aws/call-counter.ts'
import { createFaults, exactFaults, type Fault, type Faults } from './faults.ts'
import { isExpected } from './invariants/check-errors.ts'
import { checkRest } from './invariants/check-rest.ts'
import type { Report, Violation } from './invariants/watch.ts'
import { isReliable, type Profile } from './profile.ts'
import { createScheduler, type Scheduler, START } from './scheduler.ts'
import { createTrace } from './trace.ts'
import { randomWorkload } from './workload/random-workload.ts'
import type { Workload } from './workload/workload.ts'
import { createWorld, type World } from './world.ts'

/** One simulated life, from the first trigger until everything has come to rest. */
export interface Scenario {
  readonly seed: number
  readonly profile: Profile
  /** @default a random one */
  readonly workload?: Workload
  /** Exactly these. @default as the profile makes them */
  readonly faults?: readonly Fault[]
  readonly isTraced?: boolean
  /** Virtual milliseconds after the last fault. @default three hours */
  readonly restWithin?: number
  /** More than the functions can do at once: then nothing has to be prompt. */
  readonly isCrowded?: boolean
  readonly times?: { readonly lease: number; readonly settle: number }
  /** Brings the world into a state before anything happens. */
  readonly prepare?: (world: World) => void
  /** Looks at a run after each of its writes. */
  readonly watch?: (world: World, runId: string) => void
}

export interface Result {
  readonly seed: number
  readonly violations: readonly Violation[]
  readonly trace: readonly string[]
  readonly faults: readonly Fault[]
  /** Jobs of all runs, as their workflows declare them. */
  readonly jobs: number
  readonly runs: number
  readonly submitted: number
  /** Calls by function and port. */
  readonly calls: Readonly<Record<string, number>>
  /** Virtual milliseconds. */
  readonly lasted: number
  readonly world: World
}

const MINUTE = 60_000
/** Two sweepers, each once a minute, at almost the same moment. */
const SWEEPS_AT = [5_000, 5_010]
/** Long enough for five deliveries, two looks for late submissions, and the sweeps behind them. */
const REST_WITHIN = 3 * 60 * MINUTE
const TIMES = { lease: 60_000, settle: 120_000 }

/** Runs the real functions on simulated AWS. Deterministic: the same scenario gives the same result, to the byte. */
export async function simulate(scenario: Scenario): Promise<Result> {
  const { seed, profile } = scenario
  const workload = scenario.workload ?? randomWorkload(seed, profile)
  const scheduler = createScheduler()
  const faults =
    scenario.faults === undefined
      ? createFaults(seed, scheduler, START + profile.healAfter)
      : exactFaults(seed, scenario.faults)
  const { note, lines } = createTrace(scheduler, scenario.isTraced ?? false)
  const violations: Violation[] = []
  const report: Report = (invariant, message) => {
    violations.push({ invariant, message })
    note(() => `VIOLATED ${invariant}: ${message}`)
  }
  const { counted, calls } = createCallCounter()
  const world: World = createWorld({
    ...{ seed, profile, workload, scheduler, faults, note, report, counted },
    times: scenario.times ?? TIMES,
    isCrowded: scenario.isCrowded ?? false,
    wrote: runId => scenario.watch?.(world, runId),
  })
  scenario.prepare?.(world)
  const triggersLeft = startTriggers(world, workload, scheduler)
  startSweeps(world, profile, scheduler, faults, report)
  const limit = START + profile.healAfter + (scenario.restWithin ?? REST_WITHIN)
  const end = await scheduler.run(
    () => violations.length > 0 || (triggersLeft() === 0 && !world.isBusy()),
    limit,
  )
  if (end !== 'ended')
    report('everything comes to rest', 'something is still under way hours after the last fault')
  else if (violations.length === 0) {
    checkRest({
      ...world,
      deadLetters: world.deadLetters(),
      workload,
      exactAlerts: isReliable(profile),
      promptAlerts: isReliable(profile) && profile.slow === 0,
      beyondBounds: profile.beyondBounds,
      report,
    })
  }
  const lasted = scheduler.now() - START
  return {
    seed,
    violations,
    trace: lines,
    faults: faults.injected,
    calls: calls(),
    lasted,
    world,
    ...sizeOf(world),
  }
}

function startTriggers(world: World, { triggers }: Workload, scheduler: Scheduler): () => number {
  let left = triggers.length
  for (const { at, type, body } of triggers) {
    scheduler.after(at, () => {
      left--
      world.trigger(type, body)
    })
  }
  return () => left
}

function startSweeps(
  world: World,
  profile: Profile,
  scheduler: Scheduler,
  faults: Faults,
  report: Report,
): void {
  for (const [sweeper, at] of SWEEPS_AT.entries()) scheduler.after(at, () => sweep(sweeper, 1))

  function sweep(sweeper: number, minute: number): void {
    scheduler.after(MINUTE, () => sweep(sweeper, minute + 1))
    if (faults.happens('sweep-skipped', sweeper, minute, profile.sweepSkip)) return
    world.lambda.invoke('sweep', {}, outcome => {
      if (outcome.type === 'failed' && !isExpected(outcome.error))
        report('no other errors', `sweep: ${String(outcome.error)}`)
    })
  }
}

function sizeOf({ store, batch }: World): Pick<Result, 'jobs' | 'runs' | 'submitted'> {
  const runIds = store.runIds()
  const jobs = runIds.flatMap(runId => {
    const run = store.readRun(runId)
    return (run && store.readDefinition(run.definition))?.order ?? []
  })
  return { jobs: jobs.length, runs: runIds.length, submitted: batch.jobs().length }
}

import type { JobState } from '../../../src/core/run/job-record.ts'
import type { RunStatus } from '../../../src/core/run/run.ts'
import { UNDISTURBED } from '../exhaustive/six-jobs.ts'
import { profileNamed } from '../profile.ts'
import { answerTasks } from '../run/thread.ts'
import { simulate } from '../simulate.ts'
import { type History, restore } from './history.ts'

export interface GoldenTask {
  readonly histories: readonly History[]
  readonly isDisturbed: boolean
}

/** How the current code brought a run to its end. */
export interface GoldenEnd {
  readonly violations: readonly string[]
  readonly status: RunStatus | undefined
  readonly states: Readonly<Record<string, JobState>>
}

/** Events of before are not told again, so the runs wait for the sweep. */
const SOMETIMES_LATE = { ...UNDISTURBED, slow: 0.01, crash: 0.0001 }
const DISTURBED = { ...profileNamed('harsh'), vanish: 0 }

answerTasks(async ({ histories, isDisturbed }: GoldenTask): Promise<readonly GoldenEnd[]> => {
  const ends: GoldenEnd[] = []
  for (const [seed, history] of histories.entries()) ends.push(await driven(history, seed, isDisturbed))
  return ends
})

async function driven(history: History, seed: number, isDisturbed: boolean): Promise<GoldenEnd> {
  const { runId } = history.run
  const { violations, world } = await simulate({
    seed,
    profile: isDisturbed ? DISTURBED : SOMETIMES_LATE,
    workload: { definitions: [], later: [], deployAt: 0, triggers: [], runIds: new Set([runId]) },
    prepare: simulated => restore(simulated, history),
  })
  return {
    violations: violations.map(({ invariant, message }) => `${invariant}: ${message}`),
    status: world.store.readRun(runId)?.status,
    states: Object.fromEntries(world.store.readJobs(runId).map(({ job, state }) => [job, state])),
  }
}

import type { Workflow } from '../../../src/core/workflow/workflow.ts'
import { sixJobs, UNDISTURBED } from '../exhaustive/six-jobs.ts'
import { answerTasks } from '../run/thread.ts'
import { simulate } from '../simulate.ts'

export type Calls = Readonly<Record<string, number>>

/** What the functions ask AWS for in one run of six jobs, in which nothing goes wrong. */
answerTasks(async (chaining: Workflow['chaining']): Promise<Calls> => {
  const { calls, violations } = await simulate({ seed: 1, profile: UNDISTURBED, workload: sixJobs(chaining) })
  for (const { invariant, message } of violations) throw new Error(`${invariant}: ${message}`)
  return calls
})

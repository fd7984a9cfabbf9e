import type { Workflow } from '../../../src/core/workflow/workflow.ts'
import { inThreads } from '../run/pool.ts'
import type { CrashesAnswer, CrashesTask } from './crashes-thread.ts'

const THREAD = new URL('./crashes-thread.ts', import.meta.url)
const PARTS = 8

/** Crashes a run of six jobs at every call of a port, once, and at every `stride`-th pair of calls. */
export async function crashEverywhere(
  chaining: Workflow['chaining'],
  stride: number,
): Promise<CrashesAnswer> {
  const tasks = Array.from({ length: PARTS }, (_, part) => ({ chaining, part, parts: PARTS, stride }))
  const answers = await inThreads<CrashesTask, CrashesAnswer>(THREAD, tasks)
  return {
    singles: answers.reduce((sum, { singles }) => sum + singles, 0),
    doubles: answers.reduce((sum, { doubles }) => sum + doubles, 0),
    deviations: answers.flatMap(({ deviations }) => deviations),
  }
}

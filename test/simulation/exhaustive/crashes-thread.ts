import type { Workflow } from '../../../src/core/workflow/workflow.ts'
import { answerTasks } from '../run/thread.ts'
import { type Deviation, deviationsOf, secondCrashes, singleCrashes } from './crash-points.ts'

/** Part `part` of `parts` of all crashes; of the second ones every `stride`-th. */
export interface CrashesTask {
  readonly chaining: Workflow['chaining']
  readonly part: number
  readonly parts: number
  /** 0 for single crashes only. */
  readonly stride: number
}

export interface CrashesAnswer {
  readonly singles: number
  readonly doubles: number
  readonly deviations: readonly Deviation[]
}

answerTasks(async ({ chaining, part, parts, stride }: CrashesTask): Promise<CrashesAnswer> => {
  const firsts = (await singleCrashes(chaining)).filter((_, index) => index % parts === part)
  const deviations: Deviation[] = []
  let doubles = 0
  for (const [index, first] of firsts.entries()) {
    deviations.push(...(await deviationsOf(chaining, [first])))
    if (stride === 0) continue
    const seconds = await secondCrashes(chaining, first)
    for (const second of seconds.filter((_, place) => (place + index) % stride === 0)) {
      doubles++
      deviations.push(...(await deviationsOf(chaining, [first, second])))
    }
  }
  return { singles: firsts.length, doubles, deviations }
})

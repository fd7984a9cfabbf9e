import { parentPort, workerData } from 'node:worker_threads'
import type { Workflow } from '../../../src/core/workflow/workflow.ts'
import type { Fault } from '../faults.ts'
import { type Deviation, deviationOf, secondCrashes, singleCrashes } from './crash-points.ts'

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

const { chaining, part, parts, stride } = workerData as CrashesTask
const firsts = (await singleCrashes(chaining)).filter((_, index) => index % parts === part)
const deviations: Deviation[] = []
let doubles = 0
for (const [index, first] of firsts.entries()) {
  await record([first])
  if (stride === 0) continue
  const seconds = await secondCrashes(chaining, first)
  for (const second of seconds.filter((_, place) => (place + index) % stride === 0)) {
    doubles++
    await record([first, second])
  }
}
const answer: CrashesAnswer = { singles: firsts.length, doubles, deviations }
parentPort?.postMessage(answer)

async function record(crashes: readonly Fault[]): Promise<void> {
  const deviation = await deviationOf(chaining, crashes)
  if (deviation !== undefined) deviations.push(deviation)
}

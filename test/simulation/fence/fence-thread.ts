import type { BatchJob } from '../batch/batch-job.ts'
import { profileNamed } from '../profile.ts'
import { answerTasks } from '../run/thread.ts'
import { simulate } from '../simulate.ts'

export interface FenceTask {
  readonly from: number
  readonly count: number
  readonly isFenced: boolean
}

export interface FenceTally {
  /** Submissions, by their names. */
  readonly submissions: number
  /** That were made more than once; whose work was done more than once. */
  readonly madeTwice: number
  readonly ranTwice: number
  readonly violations: readonly string[]
}

/** Beyond the bounds: Batch carries submissions out, and shows them, after everybody has stopped waiting for them. */
answerTasks(async ({ from, count, isFenced }: FenceTask): Promise<FenceTally> => {
  const profile = { ...profileNamed('late'), isFenced }
  let [submissions, madeTwice, ranTwice] = [0, 0, 0]
  const violations: string[] = []
  for (let seed = from; seed < from + count; seed++) {
    const { world, violations: found } = await simulate({ seed, profile })
    for (const { invariant, message } of found) violations.push(`seed ${seed}: ${invariant}: ${message}`)
    const byName = Map.groupBy(world.batch.jobs(), ({ jobName }) => jobName)
    submissions += byName.size
    for (const jobs of byName.values()) {
      if (jobs.length > 1) madeTwice++
      if (jobs.filter(hasRun).length > 1) ranTwice++
    }
  }
  return { submissions, madeTwice, ranTwice, violations }
})

function hasRun(job: BatchJob): boolean {
  return job.hasRun || job.children.some(hasRun)
}

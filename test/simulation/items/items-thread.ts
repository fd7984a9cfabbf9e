import { type ProfileName, profileNamed } from '../profile.ts'
import { answerTasks } from '../run/thread.ts'
import { simulate } from '../simulate.ts'
import type { World } from '../world.ts'
import { checkItemsDone } from './check-items-done.ts'
import { itemsWorkload, provideItems } from './items-workload.ts'

export interface ItemsTask {
  readonly profile: ProfileName
  readonly from: number
  readonly count: number
}

export interface ItemsAnswer {
  readonly wrongs: readonly string[]
  /** Submissions of some items of an array. */
  readonly parts: number
  /** Most submissions of one array in one run. */
  readonly most: number
}

/** Failures and retries often enough that arrays are retried several times. */
const MORE = { jobFails: 0.3, users: { cancel: 0.05, retry: 0.95, together: 0.3 } }

answerTasks(async ({ profile, from, count }: ItemsTask): Promise<ItemsAnswer> => {
  const wrongs: string[] = []
  let parts = 0
  let most = 0
  for (let seed = from; seed < from + count; seed++) {
    const { violations, world } = await simulate({
      ...{ seed, profile: { ...profileNamed(profile), ...MORE }, workload: itemsWorkload(seed) },
      prepare: made => provideItems(made.objects, seed),
      watch: made => {
        parts += newParts(made)
      },
    })
    const tell = (invariant: string, message: string) => wrongs.push(`seed ${seed}: ${invariant}: ${message}`)
    for (const { invariant, message } of violations) tell(invariant, message)
    if (violations.length === 0) checkItemsDone(world, tell)
    for (const record of world.store.runIds().flatMap(runId => world.store.readJobs(runId)))
      most = Math.max(most, record.part === undefined ? 0 : record.submission)
  }
  return { wrongs, parts, most }
})

const counted = new WeakMap<World, Set<string>>()

function newParts(world: World): number {
  const known = counted.get(world) ?? new Set<string>()
  counted.set(world, known)
  const before = known.size
  for (const { runId, job, submission, part } of world.store.runIds().flatMap(id => world.store.readJobs(id)))
    if (part !== undefined) known.add(`${runId} ${job} ${submission}`)
  return known.size - before
}

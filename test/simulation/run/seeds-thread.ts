import { type ProfileName, profileNamed } from '../profile.ts'
import { simulate } from '../simulate.ts'
import { added, type Tally, tallyOf } from './tally.ts'
import { answerTasks } from './thread.ts'

/** A range of seeds of one profile. */
export interface SeedsTask {
  readonly profile: ProfileName
  readonly from: number
  readonly count: number
}

answerTasks(async ({ profile, from, count }: SeedsTask): Promise<Tally> => {
  const begun = performance.now()
  const tallies: Tally[] = []
  for (let seed = from; seed < from + count; seed++)
    tallies.push(tallyOf(await simulate({ seed, profile: profileNamed(profile) })))
  return { ...added(tallies), busy: (performance.now() - begun) / 1000 }
})

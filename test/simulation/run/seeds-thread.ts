import { parentPort, workerData } from 'node:worker_threads'
import { type ProfileName, profileNamed } from '../profile.ts'
import { simulate } from '../simulate.ts'
import { added, type Tally, tallyOf } from './tally.ts'

/** A range of seeds of one profile. */
export interface SeedsTask {
  readonly profile: ProfileName
  readonly from: number
  readonly count: number
}

const { profile, from, count } = workerData as SeedsTask
const tallies: Tally[] = []
for (let seed = from; seed < from + count; seed++) {
  tallies.push(tallyOf(await simulate({ seed, profile: profileNamed(profile) })))
}
parentPort?.postMessage(added(tallies))

import { PROFILE_NAMES, type ProfileName } from '../../simulation/profile.ts'
import { runSeeds } from '../../simulation/run/run-seeds.ts'
import { added, type Tally } from '../../simulation/run/tally.ts'
import { failuresInWords, tallyInWords } from '../../simulation/run/tally-text.ts'
import type { SoakOptions, Step } from '../step.ts'
import { noteDown, type Part, readParts } from './noted-parts.ts'

/** Profiles take turns, so that a soak that is broken off has seen all of them alike. */
const AT_ONCE = 5_000

export const SEEDS: Step = {
  name: 'seeds',
  title: 'the real functions on a simulated AWS, profile by profile',
  async run({ seeds, workers, state }: SoakOptions) {
    const parts = state === undefined ? [] : [...readParts(state)]
    const known = new Set(parts.map(nameOf))
    const left = turnsOf(seeds).filter(turn => !known.has(nameOf(turn)))
    const begun = performance.now()
    for (const [done, turn] of left.entries()) {
      const part = await partOf(turn, workers)
      parts.push(part)
      if (state !== undefined) noteDown(state, part)
      const secondsEach = (performance.now() - begun) / 1000 / (done + 1)
      const failed = parts.reduce((sum, { tally }) => sum + tally.failed.length, 0)
      const eta = Math.round((secondsEach * (left.length - done - 1)) / 60)
      console.log(
        `  ${turn.profile} up to seed ${turn.from + turn.count - 1}, ${failed} failed, ${eta} min to go`,
      )
      for (const line of failuresInWords(turn.profile, part.tally)) console.log(`  ${line}`)
    }
    const ends = PROFILE_NAMES.map(profile => endOf(profile, parts))
    return { figures: ends.flatMap(({ figures }) => figures), wrongs: ends.flatMap(({ wrongs }) => wrongs) }
  },
}

type Turn = Pick<Part, 'profile' | 'from' | 'count'>

function turnsOf(seeds: number): readonly Turn[] {
  const turns: Turn[] = []
  for (let from = 1; from <= seeds; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, seeds - from + 1)
    for (const profile of PROFILE_NAMES) turns.push({ profile, from, count })
  }
  return turns
}

function nameOf({ profile, from, count }: Turn): string {
  return `${profile} ${from} ${count}`
}

async function partOf(turn: Turn, workers: number | undefined): Promise<Part> {
  const begun = performance.now()
  const tally = await runSeeds(turn.profile, turn.from, turn.count, { workers })
  return { ...turn, tally, seconds: (performance.now() - begun) / 1000 }
}

function endOf(profile: ProfileName, parts: readonly Part[]) {
  const own = parts.filter(part => part.profile === profile)
  const tally: Tally = added(own.map(part => part.tally))
  const seconds = own.reduce((sum, part) => sum + part.seconds, 0)
  return { figures: tallyInWords(profile, tally, seconds), wrongs: failuresInWords(profile, tally) }
}

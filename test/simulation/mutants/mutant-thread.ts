import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import type { Violation } from '../invariants/watch.ts'
import { PROFILE_NAMES, type ProfileName, profileNamed } from '../profile.ts'
import { answerTasks } from '../run/thread.ts'
import { edited, type Mutant } from './mutant.ts'

export interface MutantTask {
  readonly mutant: Mutant
  /** Seeds of each profile. */
  readonly seeds: number
}

/** The first seed that fails. */
export interface Caught {
  readonly profile: ProfileName
  readonly seed: number
  readonly violation: Violation
}

const ROOT = new URL('../../../', import.meta.url)

answerTasks(async ({ mutant, seeds }: MutantTask): Promise<Caught | undefined> => {
  checkPlaces(mutant)
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      const edits = mutant.edits.filter(({ file }) => new URL(file, ROOT).href === url)
      return edits.length === 0 ? loaded : { ...loaded, source: edits.reduce(edited, String(loaded.source)) }
    },
  })
  const { simulate } = await import('../simulate.ts')
  for (let seed = 1; seed <= seeds; seed++) {
    for (const profile of mutant.profiles ?? PROFILE_NAMES) {
      const { violations } = await simulate({ seed, profile: profileNamed(profile) })
      const [violation] = violations
      if (violation !== undefined) return { profile, seed, violation }
    }
  }
  return undefined
})

/** Also where the file is never loaded: a mutant that changes nothing proves nothing. */
function checkPlaces(mutant: Mutant): void {
  for (const { file } of mutant.edits)
    mutant.edits.filter(edit => edit.file === file).reduce(edited, readFileSync(new URL(file, ROOT), 'utf8'))
}

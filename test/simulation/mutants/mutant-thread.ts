import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { Violation } from '../invariants/watch.ts'
import { PROFILE_NAMES, type ProfileName } from '../profile.ts'
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

const { mutant, seeds } = workerData as MutantTask
const ROOT = new URL('../../../', import.meta.url)

for (const { file } of mutant.edits) {
  const edits = mutant.edits.filter(edit => edit.file === file)
  edits.reduce(edited, readFileSync(new URL(file, ROOT), 'utf8'))
}

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const edits = mutant.edits.filter(({ file }) => new URL(file, ROOT).href === url)
    return edits.length === 0 ? loaded : { ...loaded, source: edits.reduce(edited, String(loaded.source)) }
  },
})

const { simulate } = await import('../simulate.ts')
const { profileNamed } = await import('../profile.ts')

parentPort?.postMessage(await firstFailure())

async function firstFailure(): Promise<Caught | undefined> {
  for (let seed = 1; seed <= seeds; seed++) {
    for (const profile of mutant.profiles ?? PROFILE_NAMES) {
      const { violations } = await simulate({ seed, profile: profileNamed(profile) })
      const [violation] = violations
      if (violation !== undefined) return { profile, seed, violation }
    }
  }
  return undefined
}

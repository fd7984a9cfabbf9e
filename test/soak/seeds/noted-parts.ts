import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { ProfileName } from '../../simulation/profile.ts'
import type { Tally } from '../../simulation/run/tally.ts'

/** Some seeds of a profile, done. */
export interface Part {
  readonly profile: ProfileName
  readonly from: number
  readonly count: number
  readonly tally: Tally
  readonly seconds: number
}

/** The parts in a file of one JSON line each; a last line that a kill cut off is passed over. */
export function readParts(file: string): readonly Part[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap(line => (line.endsWith('}') ? [JSON.parse(line) as Part] : []))
}

export function noteDown(file: string, part: Part): void {
  appendFileSync(file, `${JSON.stringify(part)}\n`)
}

import type { ProfileName } from '../profile.ts'

/** A guard of the protocol taken away: what a careless change of the source would do. */
export interface Mutant {
  readonly name: string
  readonly edits: readonly Edit[]
  /** Where it shows. @default the profiles of the protocol */
  readonly profiles?: readonly ProfileName[]
  /** Why no simulation can tell it from the original, if that is so. */
  readonly survives?: string
}

/** Replaces the only place of a file at which a text stands. */
export interface Edit {
  /** From the root of the repository. */
  readonly file: string
  readonly from: string
  readonly to: string
}

export function mutant(
  name: string,
  file: string,
  from: string,
  to: string,
  more: Pick<Mutant, 'profiles' | 'survives'> = {},
): Mutant {
  return { name, edits: [{ file, from, to }], ...more }
}

/**
 * The source with the edit made.
 *
 * @throws Error when the text stands there not once: the mutant is to be brought in line with the source.
 */
export function edited(source: string, { file, from, to }: Edit): string {
  const places = source.split(from).length - 1
  if (places === 1) return source.replace(from, () => to)
  throw new Error(`${file} holds ${places} times, not once, the text that a mutant replaces: ${from}`)
}

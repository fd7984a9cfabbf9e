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
 * The source with the edit made. How the text is broken into lines does not count.
 *
 * @throws Error when the text stands there not once: the mutant is to be brought in line with the source.
 */
export function edited(source: string, { file, from, to }: Edit): string {
  const words = from.split(/\s+/).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const text = new RegExp(words.join('\\s+'), 'g')
  const places = source.match(text)?.length ?? 0
  if (places === 1) return source.replace(text, () => to)
  throw new Error(`${file} holds ${places} times, not once, the text that a mutant replaces: ${from}`)
}

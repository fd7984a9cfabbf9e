import type { DiagnosticCode } from './diagnostic.ts'
import { escapeText } from './escape-text.ts'

/** Where a value stands in the file: keys and indexes from the top. */
export type Path = readonly (string | number)[]

/** UTF-16 offsets; `end` is behind the last unit. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What a check found, before its place in the file is known. */
export interface Problem {
  readonly code: DiagnosticCode
  readonly path: Path
  /** What to point at: the key, the value, a part of the value's text, or a part of the file. @default 'value' */
  readonly at?: 'key' | 'value' | { readonly value: Span } | { readonly file: Span }
  readonly message: string
  readonly mend: string
}

const PLAIN_NAME = /^[\p{L}\p{N}_-]+$/u

/** `jobs.clean.dependsOn[0]`; names of other characters are quoted: `environment["a b"]`. */
export function pathText(path: Path): string {
  return path
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`
      if (!PLAIN_NAME.test(segment)) return `[${escapeText(JSON.stringify(segment))}]`
      return index === 0 ? segment : `.${segment}`
    })
    .join('')
}

import { BatchwiseError } from '../errors.ts'

/** What a key pattern took out of a key, by capture name. Has no prototype: any name is safe. */
export type Captures = Readonly<Record<string, string>>

/**
 * One step over the code points of a key: exactly one (`char`, `one`) or any number of them (`many`).
 * `across` also takes `/`. A step that opens or goes on with a capture carries its name.
 */
export type Step =
  | { readonly type: 'char'; readonly char: string }
  | { readonly type: 'one'; readonly across: boolean; readonly capture: string }
  | { readonly type: 'many'; readonly across: boolean; readonly capture?: string }

export interface KeyPattern {
  readonly text: string
  readonly steps: readonly Step[]
  /** Names of the captures, in order. */
  readonly captures: readonly string[]
  /** What every matching key begins with; the whole key of an exact pattern. */
  readonly literalHead: string
  /** What every matching key ends with, after the last wildcard; empty for an exact pattern. */
  readonly literalTail: string
  /** No wildcards: the pattern is the key. */
  readonly exact: boolean
}

const MAX_BYTES = 1024
/** Captures, `*` and `**` together: what bounds the time of a match. */
const MAX_WILDCARDS = 20
const TOKEN = /\{([^{}]*?)(\.\.\.)?\}|\*\*?|[{}]|[^{}*]+/gu
const CAPTURE_NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u

/**
 * Reads the key pattern of an object trigger.
 *
 * `{name}` captures a non-empty text without `/`, `{name...}` a non-empty text with or without it; `*` and `**` pass
 * over any text, also an empty one, without and with `/`. Everything else stands for itself; the whole key must match.
 *
 * @throws {BatchwiseError} E151, with `offset` (in UTF-16 units) and `length` of the faulty part among the ids.
 *
 * @example
 * matchKey(parseKeyPattern('raw/{year}/{file...}.json'), 'raw/2026/a/b.json') // { year: '2026', file: 'a/b' }
 */
export function parseKeyPattern(text: string): KeyPattern {
  if (text === '') throw fault(text, 0, 0, 'the key pattern is empty', 'Write `**` for every key')
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw fault(
      text,
      0,
      text.length,
      `the key pattern is longer than ${MAX_BYTES} bytes`,
      'No key is; shorten it',
    )
  }
  const steps: Step[] = []
  const captures: string[] = []
  let wildcards = 0
  for (const token of text.matchAll(TOKEN)) {
    if (/^[{*]/.test(token[0]) && ++wildcards > MAX_WILDCARDS) {
      const what = `there are more than ${MAX_WILDCARDS} captures and wildcards`
      throw fault(text, token.index, token[0].length, what, 'Use `**` for the rest')
    }
    const name = captureName(text, token, captures)
    if (name !== undefined) captures.push(name)
    steps.push(...stepsOf(token, name))
  }
  return { text, steps, captures, ...literals(text), exact: steps.every(step => step.type === 'char') }
}

function captureName(text: string, token: RegExpExecArray, known: readonly string[]): string | undefined {
  const [whole, name] = token
  const fail = (what: string, mend: string) => fault(text, token.index, whole.length, what, mend)
  if (whole === '{' || whole === '}') throw fail(`\`${whole}\` has no partner`, 'Write captures as `{name}`')
  if (name === undefined) return undefined
  if (!CAPTURE_NAME.test(name)) {
    throw fail(`\`${whole}\` is no capture`, 'Name it with letters, digits, `_` and `-`, like `{sample}`')
  }
  if (known.includes(name)) throw fail(`\`{${name}}\` stands there twice`, 'Give each capture its own name')
  return name
}

function stepsOf(token: RegExpExecArray, capture: string | undefined): Step[] {
  const [whole, , dots] = token
  if (capture !== undefined) {
    const across = dots !== undefined
    return [
      { type: 'one', across, capture },
      { type: 'many', across, capture },
    ]
  }
  if (whole.startsWith('*')) return [{ type: 'many', across: whole === '**' }]
  return Array.from(whole, char => ({ type: 'char', char }))
}

function literals(text: string): { literalHead: string; literalTail: string } {
  const literalHead = /^[^{*]*/.exec(text)?.[0] ?? ''
  const literalTail = literalHead === text ? '' : (/[^}*]*$/.exec(text)?.[0] ?? '')
  return { literalHead, literalTail }
}

function fault(text: string, offset: number, length: number, what: string, mend: string): BatchwiseError {
  return new BatchwiseError('E151', `Key pattern "${text}": ${what}. ${mend}.`, { ids: { offset, length } })
}

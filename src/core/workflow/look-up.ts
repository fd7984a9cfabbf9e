import { BatchwiseError } from '../errors.ts'

/** `${scope.name}` in a text. Offsets are UTF-16 units into the text as written. */
export interface LookUp {
  readonly type: 'lookUp'
  /** Without `${` and `}`: `trigger.key`. */
  readonly name: string
  /** The name at its dots: `['trigger', 'key']`; two segments or more. */
  readonly path: readonly [scope: string, ...names: string[]]
  readonly start: number
  readonly end: number
}

/** A `${` that does not open a look-up. */
export interface MalformedLookUp {
  readonly type: 'malformed'
  readonly text: string
  readonly start: number
  readonly end: number
}

export type TemplatePart = { readonly type: 'text'; readonly text: string } | LookUp | MalformedLookUp

/** What look-ups see: scopes by name, each a record of JSON values. Only own properties count. */
export type Scope = Readonly<Record<string, unknown>>

const OPENING = /\$\$\{|\$\{(?:([^{}$"'\s]*)\})?/gu
const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_-]*(?:\.[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*)+$/u

/** Takes a text apart, left to right: `$${` is a literal `${`, `${scope.name}` a look-up, all else text. */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = []
  let pending = ''
  let position = 0
  for (const opening of text.matchAll(OPENING)) {
    pending += text.slice(position, opening.index)
    position = opening.index + opening[0].length
    if (opening[0] === '$${') {
      pending += '${'
      continue
    }
    if (pending !== '') parts.push({ type: 'text', text: pending })
    pending = ''
    parts.push(lookUp(opening[0], opening[1], opening.index))
  }
  pending += text.slice(position)
  if (pending !== '') parts.push({ type: 'text', text: pending })
  return parts
}

function lookUp(text: string, name: string | undefined, start: number): LookUp | MalformedLookUp {
  const end = start + text.length
  if (name === undefined || !NAME.test(name)) return { type: 'malformed', text, start, end }
  const [scope = '', ...names] = name.split('.')
  return { type: 'lookUp', name, path: [scope, ...names], start, end }
}

/** The look-ups of a text, in order. */
export function lookUpsOf(text: string): readonly LookUp[] {
  return parseTemplate(text).filter(part => part.type === 'lookUp')
}

/**
 * Replaces every look-up by its value, in one pass: what a value contains is never taken for a look-up.
 * Numbers and booleans are written as in JSON, objects and arrays as their JSON text.
 *
 * @throws {BatchwiseError} E143 for a look-up the scope does not have, or a `${` that opens none.
 *
 * @example
 * render('in/${trigger.key}', { trigger: { key: '${run.id}' } }) // 'in/${run.id}'
 */
export function render(template: string, scope: Scope): string {
  return parseTemplate(template)
    .map(part => (part.type === 'text' ? part.text : valueIn(part, scope)))
    .join('')
}

/**
 * Replaces the look-ups in all texts of a JSON value. A text that is one look-up and nothing else becomes its value, a
 * number or an object too; names are left as they are.
 *
 * @throws {BatchwiseError} E143, as `render`
 */
export function renderJson(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    const [only, ...others] = parseTemplate(value)
    return only?.type === 'lookUp' && others.length === 0 ? jsonValueIn(only, scope) : render(value, scope)
  }
  if (Array.isArray(value)) return value.map(item => renderJson(item, scope))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, renderJson(inner, scope)]))
}

/** As `render`, for the look-ups of one scope only. The result is a template again: values and literals are escaped. */
export function renderScope(template: string, scopeName: string, scope: Scope): string {
  return parseTemplate(template)
    .map(part => {
      if (part.type === 'text') return escapeLookUps(part.text)
      if (part.type === 'malformed' || part.path[0] !== scopeName) return template.slice(part.start, part.end)
      return escapeLookUps(valueIn(part, scope))
    })
    .join('')
}

/** The template that renders to exactly this text. */
export function escapeLookUps(text: string): string {
  return text.replaceAll('${', '$$${')
}

function valueIn(part: LookUp | MalformedLookUp, scope: Scope): string {
  if (part.type === 'malformed') {
    throw new BatchwiseError('E143', `"${part.text}" opens no look-up. Write \`$\${\` for a literal \`\${\`.`)
  }
  const value = jsonValueIn(part, scope)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function jsonValueIn(part: LookUp, scope: Scope): unknown {
  let value: unknown = scope
  for (const name of part.path) value = ownProperty(value, name)
  if (value === undefined || value === null) {
    throw new BatchwiseError('E143', `The look-up "${part.name}" has no value here.`, {
      ids: { lookUp: part.name },
    })
  }
  return value
}

function ownProperty(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}

import { assertNever } from '../core/errors.ts'
import type { Condition, ItemWrite } from '../core/run/item-write.ts'

/** DynamoDB's form of a write. Names and values are placeholders throughout, so no attribute name is ever reserved. */
export interface Expressions {
  readonly condition: string
  /** For `update` writes; undefined when nothing is set or removed. */
  readonly update?: string
  readonly names: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, unknown>>
}

/** Compiles a write. What it means is defined by `holds` and `applied` of core; a contract test compares the two. */
export function expressionsOf(write: ItemWrite): Expressions {
  const placeholders = new Placeholders()
  const condition = conditionText(write.condition, placeholders)
  const update = write.mode === 'update' ? updateText(write, placeholders) : undefined
  return { condition, ...(update && { update }), names: placeholders.names, values: placeholders.values }
}

class Placeholders {
  readonly names: Record<string, string> = {}
  readonly values: Record<string, unknown> = {}
  readonly #byName = new Map<string, string>()

  path(path: string): string {
    return path
      .split('.')
      .map(name => this.#name(name))
      .join('.')
  }

  value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.values).length}`
    this.values[placeholder] = value
    return placeholder
  }

  #name(name: string): string {
    const placeholder = this.#byName.get(name) ?? `#n${this.#byName.size}`
    this.#byName.set(name, placeholder)
    this.names[placeholder] = name
    return placeholder
  }
}

/** What a condition stands in: NOT binds tighter than AND, AND tighter than OR. */
type Around = 'nothing' | 'OR' | 'AND' | 'NOT'

/**
 * As flat as it can be, with parentheses only where a looser operator stands in a tighter one. DynamoDB refuses
 * redundant ones, and to the parser of local mode each level of them doubles the work.
 */
function conditionText(whole: Condition, placeholders: Placeholders, around: Around = 'nothing'): string {
  const condition = simplified(whole)
  switch (condition.type) {
    case 'present':
      return `attribute_exists(${placeholders.path(condition.path)})`
    case 'absent':
      return `attribute_not_exists(${placeholders.path(condition.path)})`
    case 'equals':
      return `${placeholders.path(condition.path)} = ${placeholders.value(condition.value)}`
    case 'below':
      return `${placeholders.path(condition.path)} < ${placeholders.value(condition.value)}`
    case 'fewer':
      return `size(${placeholders.path(condition.path)}) < ${placeholders.value(condition.than)}`
    case 'all':
      return joined('AND', partsOf('all', condition), placeholders, around)
    case 'any':
      return (
        oneOfText(condition, placeholders) ?? joined('OR', partsOf('any', condition), placeholders, around)
      )
    case 'not':
      return `NOT ${conditionText(condition.of, placeholders, 'NOT')}`
    default:
      return assertNever(condition)
  }
}

/** Without what says nothing: a list around one condition, and NOT twice, which DynamoDB refuses. */
function simplified(condition: Condition): Condition {
  if (condition.type === 'not') {
    const of = simplified(condition.of)
    return of.type === 'not' ? of.of : { type: 'not', of }
  }
  const isList = condition.type === 'all' || condition.type === 'any'
  const [only, second] = isList ? condition.of : []
  return only !== undefined && second === undefined ? simplified(only) : condition
}

/** The parts of a list of conditions, those of lists of the same type in it included. */
function partsOf(type: 'all' | 'any', whole: Condition): readonly Condition[] {
  const condition = simplified(whole)
  return condition.type === type ? condition.of.flatMap(part => partsOf(type, part)) : [condition]
}

/** One attribute that has one of several values; undefined for what says anything else. */
function oneOfText(condition: Condition, placeholders: Placeholders): string | undefined {
  const parts = partsOf('any', condition)
  const equal = parts.filter(part => part.type === 'equals')
  const [first] = equal
  if (first === undefined || equal.length < 2) return undefined
  if (equal.length < parts.length || equal.some(({ path }) => path !== first.path)) return undefined
  const values = equal.map(({ value }) => placeholders.value(value))
  return `${placeholders.path(first.path)} IN (${values.join(', ')})`
}

function joined(
  word: 'AND' | 'OR',
  parts: readonly Condition[],
  placeholders: Placeholders,
  around: Around,
): string {
  const text = parts.map(part => conditionText(part, placeholders, word)).join(` ${word} `)
  const isLooser = around === 'NOT' || (around === 'AND' && word === 'OR')
  return isLooser ? `(${text})` : text
}

function updateText(write: ItemWrite, placeholders: Placeholders): string | undefined {
  const sets = Object.entries(write.set)
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => `${placeholders.path(path)} = ${placeholders.value(value)}`)
  const removes = (write.remove ?? []).map(path => placeholders.path(path))
  const clauses = [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
  ]
  return clauses.length > 0 ? clauses.join(' ') : undefined
}

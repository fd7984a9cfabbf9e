import type { Expression } from './cloudformation.ts'
import { join } from './cloudformation.ts'

/** What `${stack.NAME}` gives in a deployed stack. */
export type StackNames = Readonly<Record<string, Expression>>

// Characters for private use: no workflow file, JSON or YAML syntax has a meaning for them.
const BEGIN = '\uE000'
const END = '\uE001'
const PLACEHOLDER = new RegExp(`${BEGIN}(\\w+)${END}`)

/**
 * Texts to stand for the stack's names while the core works with them: a name such as the bucket's is made by
 * CloudFormation, long after. `withStackNames` puts the expressions in their places.
 */
export function placeholders(names: StackNames): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(names).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : `${BEGIN}${name}${END}`,
    ]),
  )
}

/** Replaces the placeholders in all texts of a value by what they stand for. */
export function withStackNames(value: unknown, names: StackNames): unknown {
  if (typeof value === 'string') return replaced(value, names)
  if (Array.isArray(value)) return value.map(item => withStackNames(item, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withStackNames(inner, names)]))
}

function replaced(text: string, names: StackNames): Expression {
  // `split` keeps what the group matched: texts at even places, names at odd ones.
  const parts = text.split(PLACEHOLDER).map((part, index) => (index % 2 === 0 ? part : (names[part] ?? '')))
  const [only = '', ...more] = parts.filter(part => part !== '')
  return more.length === 0 ? only : join(only, ...more)
}

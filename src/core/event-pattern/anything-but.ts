import { badPattern, type PatternPath, shown } from './bad-pattern.ts'
import type { LeafMatcher } from './leaf-value.ts'
import { TEXT_OPERATORS } from './text-matcher.ts'

/**
 * Compiles `anything-but` of a text, a number, a list of either, or one of the operators on texts. It matches every
 * value that is not excluded, of whatever type; a field that is missing or an empty list has none.
 */
export function compileAnythingBut(operand: unknown, path: PatternPath): LeafMatcher {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    return compileAnythingButOperator(operand, path)
  }
  const excluded = Array.isArray(operand) ? operand : [operand]
  const allOf = (type: string) => excluded.length > 0 && excluded.every(each => typeof each === type)
  if (!allOf('string') && !allOf('number')) {
    throw badPattern(
      path,
      `"anything-but" of ${shown(operand)}. Give a text, a number, or a list of texts only or numbers only.`,
    )
  }
  const values = new Set<unknown>(excluded)
  return value => !values.has(value)
}

function compileAnythingButOperator(operand: object, path: PatternPath): LeafMatcher {
  const [[name, inner] = ['', undefined], ...others] = Object.entries(operand)
  const operator = Object.hasOwn(TEXT_OPERATORS, name) ? TEXT_OPERATORS[name] : undefined
  if (operator === undefined || others.length > 0) {
    const allowed = Object.keys(TEXT_OPERATORS).join(', ')
    throw badPattern(path, `"anything-but" of ${shown(operand)}. It takes one of ${allowed}.`)
  }
  const operands = Array.isArray(inner) ? inner : [inner]
  if (operands.length === 0 || ((name === 'prefix' || name === 'suffix') && operands.includes(''))) {
    throw badPattern(path, `"anything-but" of ${shown(operand)} leaves nothing over. Give at least one text.`)
  }
  const matchers = operands.map(each => operator(each, path))
  return value => typeof value !== 'string' || !matchers.some(matches => matches(value))
}
